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

/** {@code ringfence history}. */
@Command(
        name = "history",
        description = "Shows what happened, oldest first.",
        footerHeading = "%nExamples:%n",
        footer = {"  ringfence history --since 10m", "  ringfence history --since '2026-03-01 14:00'"})
public final class HistoryCommand extends NodeCommand {
    @Option(
            names = "--since",
            paramLabel = "WHEN",
            description = "From then on: 10m (ago), 14:05, 2026-03-01 14:05, or ISO 8601. Default: all that is kept.")
    private @Nullable String since;

    @Option(names = "--incident", paramLabel = "ID", description = "Only what belongs to this incident.")
    private @Nullable String incident;

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
            return Optional.of(
                    new PointsInTime(context().clock().instant(), context().zone()).parse(since));
        } catch (IllegalArgumentException e) {
            throw new UnusableInputException(Problem.error(Place.NONE, "--since", String.valueOf(e.getMessage()), ""));
        }
    }

    @Override
    protected void show(Reply.Outcome outcome) {
        if (outcome instanceof HistoryReply history) {
            new HistoryScreen(
                            terminal(),
                            new Moments(context().clock().instant(), context().zone()))
                    .show(history);
        } else {
            new OutcomeScreen(terminal()).show(outcome);
        }
    }
}
