package org.ringfence.cli.command;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.ringfence.api.FenceHistoryReply;
import org.ringfence.api.Reply;
import org.ringfence.api.Request;
import org.ringfence.cli.Context;
import org.ringfence.cli.NodeCommand;
import org.ringfence.cli.screen.FenceHistoryScreen;
import org.ringfence.cli.screen.Moments;
import org.ringfence.cli.screen.OutcomeScreen;
import org.ringfence.model.NodeId;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code ringfence fence history [NODE]}. */
@Command(
        name = "history",
        description = {
            "Shows how nodes were fenced, oldest first: when, by what, from where, why, and whether it was done.",
            "The last 200 are kept by every node, also over a stop of the whole cluster."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  ringfence fence history", "  ringfence fence history beta --json"})
public final class FenceHistoryCommand extends NodeCommand {
    @Parameters(arity = "0..1", paramLabel = "NODE", description = "Only of this node.")
    private @Nullable NodeId node;

    public FenceHistoryCommand(Context context) {
        super(context);
    }

    @Override
    protected Request request() {
        return new Request.FenceHistory(Optional.ofNullable(node));
    }

    @Override
    protected void show(Reply.Outcome outcome) {
        if (outcome instanceof FenceHistoryReply history) {
            new FenceHistoryScreen(
                            terminal(),
                            new Moments(context().clock().instant(), context().zone()))
                    .show(history);
        } else {
            new OutcomeScreen(terminal()).show(outcome);
        }
    }
}
