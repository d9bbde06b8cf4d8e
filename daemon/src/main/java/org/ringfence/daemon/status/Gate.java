package org.ringfence.daemon.status;

import java.util.List;
import java.util.Optional;
import org.ringfence.api.Reply;
import org.ringfence.api.Request;
import org.ringfence.daemon.access.Access;
import org.ringfence.daemon.local.Caller;
import org.ringfence.model.NodeId;
import org.ringfence.model.cib.Cib;
import org.ringfence.model.problem.Place;
import org.ringfence.model.problem.Problem;
import org.ringfence.model.problem.UnusableInputException;
import org.ringfence.model.xml.Element;
import org.ringfence.model.xml.XmlReader;
import org.ringfence.model.xml.XmlWriter;

/**
 * What the configuration's roles let a caller ask at all, and what they see of a configuration. Changes of the configuration are
 * compared with the roles where they are made: {@link GuardedChange}.
 */
final class Gate {
    private final Handler handler;
    private final Caller caller;

    Gate(Handler handler, Caller caller) {
        this.handler = handler;
        this.caller = caller;
    }

    /** Empty when it may be asked. */
    Optional<Reply.Outcome> refusal(Request request) throws InterruptedException {
        if (!Roles.bind(caller.user(), caller.uid())) {
            return Optional.empty();
        }
        Optional<Cib> cib = configuration();
        if (cib.isEmpty()) {
            // Nobody knows yet what this caller may do.
            return Optional.of(notDone(Problem.error(
                    Place.NONE, "", "the configuration, which says what you may do, is not known yet", "ask again")));
        }
        Optional<Access> access = Roles.of(cib.get(), caller.user(), caller.uid());
        return access.flatMap(given -> refusal(given, root(cib.get()), request).map(Gate::notDone));
    }

    private static Optional<Problem> refusal(Access access, Element root, Request request) {
        boolean may = switch (request) {
            case Request.Status _,
                    Request.Watch _,
                    Request.HostCheck _,
                    Request.Snapshot _,
                    Request.ConfigureShow _,
                    Request.ConfigureHistory _,
                    Request.ConfigureShowKept _,
                    Request.History _,
                    Request.WaitSettled _,
                    Request.AttributeGet _,
                    Request.FenceHistory _ -> access.readable(root).isPresent();
            // Compared with the roles when it is known what they would change.
            case Request.ConfigureLoad _,
                    Request.SetProperty _,
                    Request.Standby _,
                    Request.Maintenance _,
                    Request.Move _,
                    Request.Ban _,
                    Request.Unmove _,
                    Request.Waive _,
                    Request.WithdrawWaiver _ -> true;
            case Request.AttributeSet set ->
                set.lifetime() == Request.Lifetime.FOREVER
                        || access.mayChangeStatus(root, set.node().map(NodeId::name));
            case Request.Cleanup cleanup ->
                access.mayChangeStatus(root, cleanup.node().map(NodeId::name));
            case Request.Fence _,
                    Request.ConfirmFenced _,
                    Request.FenceTest _,
                    Request.AdmitNode _,
                    Request.TrustDevice _,
                    Request.Helper _,
                    Request.Shutdown _ -> access.mayDoAll(root);
        };
        return may
                ? Optional.empty()
                : Optional.of(access.refusal("ask this (" + request.getClass().getSimpleName() + ")"));
    }

    /** A configuration without what the caller may not see; every other answer as it is. */
    Reply.Outcome filtered(Reply.Outcome outcome) throws InterruptedException {
        if (!(outcome instanceof Reply.Configuration shown) || !Roles.bind(caller.user(), caller.uid())) {
            return outcome;
        }
        Optional<Access> access = configuration().flatMap(cib -> Roles.of(cib, caller.user(), caller.uid()));
        if (access.isEmpty()) {
            return outcome;
        }
        return access.get()
                .readable(read(shown.cib()))
                .<Reply.Outcome>map(visible ->
                        new Reply.Configuration(shown.version(), XmlWriter.write(visible), shown.lastChange()))
                .orElseGet(() -> notDone(access.get().refusal("see it")));
    }

    private Optional<Cib> configuration() throws InterruptedException {
        return handler.configuration(
                new org.ringfence.controller.request.Caller(caller.user(), caller.uid(), caller.pid()));
    }

    private static Element root(Cib cib) {
        return read(cib.write());
    }

    private static Element read(String text) {
        try {
            return XmlReader.read(text, "configuration");
        } catch (UnusableInputException damaged) {
            throw new IllegalStateException("a configuration in force can be read", damaged);
        }
    }

    private static Reply.Outcome notDone(Problem problem) {
        return new Reply.NotDone(List.of(problem));
    }
}
