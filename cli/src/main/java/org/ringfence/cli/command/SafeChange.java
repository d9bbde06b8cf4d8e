package org.ringfence.cli.command;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.ringfence.api.DaemonUnavailableException;
import org.ringfence.api.ExitStatus;
import org.ringfence.api.Reply;
import org.ringfence.api.Request;
import org.ringfence.cli.Conversation;
import org.ringfence.cli.UnaskedStops;
import org.ringfence.cli.screen.DifferenceScreen;
import org.ringfence.cli.screen.OutcomeScreen;
import org.ringfence.language.Difference;
import org.ringfence.model.cib.Cib;
import org.ringfence.model.cib.CibVersion;
import org.ringfence.model.problem.Problem;

/**
 * A change of the configuration that is looked at before it is made: what it would stop without asking for it is refused.
 *
 * @param source   what messages and the record call where it came from
 * @param accepted resources that may stop
 */
record SafeChange(
        Conversation conversation,
        String source,
        String reason,
        Set<String> accepted,
        boolean planOnly,
        boolean acceptUnsafe) {

    /** From the configuration that was read; refused when it is another by then. */
    ExitStatus make(Reply.Configuration current, Cib former, Cib changed) throws DaemonUnavailableException {
        List<Difference> differences =
                Difference.between(former.configurationElement(), changed.configurationElement());
        if (differences.isEmpty()) {
            return show(new Reply.Done("it is so already", List.of()));
        }
        String text = changed.write();
        return make(changed, text, SentPlaces.of(changed, text, source), Optional.of(current.version()), differences);
    }

    /**
     * In the place of whatever is there, as somebody wrote it: so that what is said about it names its lines.
     *
     * @param text what {@code whole} was read from
     */
    ExitStatus replace(Cib whole, String text) throws DaemonUnavailableException {
        return make(whole, text, SentPlaces.AS_WRITTEN, Optional.empty(), List.of());
    }

    private ExitStatus make(
            Cib changed, String text, SentPlaces places, Optional<CibVersion> onlyIf, List<Difference> differences)
            throws DaemonUnavailableException {
        Reply.Outcome planned = places.in(conversation.call(load(text, onlyIf, true)));
        if (!(planned instanceof Reply.Plan plan)) {
            return show(planned);
        }
        List<Problem> stops = UnaskedStops.of(plan, changed, accepted);
        if (planOnly) {
            if (!conversation.json() && !differences.isEmpty()) {
                new DifferenceScreen(conversation.terminal(), false).show(differences);
            }
            return show(plan.withUnsafe(stops));
        }
        return stops.isEmpty()
                ? show(places.in(conversation.call(load(text, onlyIf, false))))
                : show(new Reply.Refused(stops));
    }

    private ExitStatus show(Reply.Outcome outcome) {
        return conversation.show(outcome, new OutcomeScreen(conversation.terminal())::show);
    }

    private Request load(String text, Optional<CibVersion> onlyIf, boolean plan) {
        return new Request.ConfigureLoad(text, source, reason, plan, acceptUnsafe, onlyIf);
    }
}
