package org.ringfence.cli.command;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.ringfence.api.HistoryReply;
import org.ringfence.api.Reply;
import org.ringfence.api.Request;
import org.ringfence.cli.Context;
import org.ringfence.cli.NodeCommand;
import org.ringfence.cli.input.PointsInTime;
import org.ringfence.cli.screen.HistoryScreen;
import org.ringfence.cli.screen.Moments;
import org.ringfence.cli.screen.OutcomeScreen;
import org.ringfence.model.problem.Place;
import org.ringfence.model.problem.Problem;
import org.ringfence.model.problem.UnusableInputException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ringfence history}. */
@Command(
        name = "history",
        description = {
            "Shows what happened on all nodes, oldest first, by the DC's clock. With an incident, only what belongs to"
                    + " it:",
            "from what announced it over its cause to the end of its effects. It is kept across restarts."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  ringfence history --since 10m",
            "  ringfence history --since '2026-03-01 14:00'",
            "  ringfence history --incidents",
            "  ringfence history 20260301-140507-beta"
        })
public final class HistoryCommand extends NodeCommand {
    @Option(
            names = "--since",
            paramLabel = "WHEN",
            description = "From then on: 10m (ago), 14:05, 2026-03-01 14:05, or ISO 8601. Default: all that is kept.")
    private @Nullable String since;

    @Parameters(
            arity = "0..1",
            paramLabel = "INCIDENT",
            description = "Only what belongs to this incident; --incidents lists them.")
    private @Nullable String incident;

    @Option(names = "--incidents", description = "List what went wrong: when, for how long, with what it began.")
    private boolean incidents;

    public HistoryCommand(Context context) {
        super(context);
    }

    @Override
    protected Request request() throws UnusableInputException {
        return new Request.History(from(), Optional.ofNullable(incident));
    }

    private Optional<Instant> from() throws UnusableInputException {
        if (since == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(new PointsInTime(
                            context().clock().instant(), context().zone().toZoneId())
                    .parse(since));
        } catch (IllegalArgumentException e) {
            throw new UnusableInputException(Problem.error(Place.NONE, "--since", String.valueOf(e.getMessage()), ""));
        }
    }

    @Override
    protected void show(Reply.Outcome outcome) {
        if (outcome instanceof HistoryReply history) {
            var screen = new HistoryScreen(
                    terminal(),
                    new Moments(context().clock().instant(), context().zone()));
            if (incidents) {
                screen.list(history);
            } else {
                screen.show(history);
            }
        } else {
            new OutcomeScreen(terminal()).show(outcome);
        }
    }
}
