package org.ringfence.daemon.status;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.ringfence.controller.configuration.Edit;
import org.ringfence.controller.configuration.Edits;
import org.ringfence.controller.request.Answer;
import org.ringfence.controller.request.Caller;
import org.ringfence.controller.request.Request;
import org.ringfence.daemon.access.Access;
import org.ringfence.model.cib.Cib;
import org.ringfence.model.problem.Place;
import org.ringfence.model.problem.Problem;
import org.ringfence.model.problem.UnusableInputException;

/** A change of the configuration by somebody whom its roles bind: what it would change is compared with what they may change. */
record GuardedChange(Handler handler, Caller who) {

    Answer make(Request.ChangeConfiguration change, Duration atMost) throws InterruptedException {
        if (!Roles.bind(who.user(), who.uid())) {
            return handler.askAtOnce(who, change, atMost);
        }
        Optional<Cib> cib = handler.configuration(who);
        if (cib.isEmpty()) {
            return new Answer.NotDone(
                    "nothing was changed",
                    List.of(Problem.error(
                            Place.NONE,
                            "",
                            "the configuration, which says what you may do, is not known yet",
                            "ask again")));
        }
        Cib before = cib.get();
        Optional<Access> access = Roles.of(before, who.user(), who.uid());
        if (access.isEmpty()) {
            return handler.askAtOnce(who, change, atMost);
        }
        List<Problem> refused;
        List<Edit> edits = new ArrayList<>();
        try {
            for (Edit edit : change.edits()) {
                edits.add(edit instanceof Edit.Replace replace ? restored(access.get(), before, replace) : edit);
            }
            Cib after = Edits.apply(before, edits);
            refused = access.get().refusals(withoutVersion(before), withoutVersion(after));
        } catch (UnusableInputException unusable) {
            return new Answer.Unusable(List.of(unusable.problem()));
        }
        return refused.isEmpty()
                ? handler.askAtOnce(who, onlyFor(before, change, edits), atMost)
                : new Answer.NotDone("nothing was changed", refused);
    }

    /** What was looked at is what is changed. */
    private static Request.ChangeConfiguration onlyFor(
            Cib before, Request.ChangeConfiguration change, List<Edit> made) {
        List<Edit> edits = new ArrayList<>();
        edits.add(new Edit.OnlyIfStill(before.version()));
        edits.addAll(made);
        return new Request.ChangeConfiguration(edits, change.why(), change.planOnly(), change.acceptUnsafe());
    }

    /** A whole configuration that was made from what its maker was shown. */
    private static Edit restored(Access access, Cib before, Edit.Replace replace) throws UnusableInputException {
        Cib made = Cib.read(replace.text(), replace.fileName());
        org.ringfence.model.xml.Element whole = access.restored(withoutVersion(before), withoutVersion(made));
        Cib restored = made.withConfiguration(_ -> whole.child("configuration").orElseThrow());
        return new Edit.Replace(restored.write(), replace.fileName());
    }

    /** What the cluster counts and writes itself on the root is not the caller's doing. */
    private static org.ringfence.model.xml.Element withoutVersion(Cib cib) {
        return org.ringfence.model.xml.Element.of(
                "cib", org.ringfence.model.xml.Attributes.NONE, List.of(cib.configurationElement()));
    }
}
