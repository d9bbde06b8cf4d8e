package org.ringfence.cli.command;

import org.ringfence.api.Request;
import org.ringfence.cli.CautiousCommand;
import org.ringfence.cli.Context;
import org.ringfence.model.NodeId;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ringfence standby NODE}. */
@Command(
        name = "standby",
        description = {
            "Moves everything off a node and keeps it off. The node stays a member.",
            "With --off, what would stop to move back is refused (exit status 3) until --accept-stops names it."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  ringfence standby alpha --plan", "  ringfence standby alpha", "  ringfence standby alpha --off"})
public final class StandbyCommand extends CautiousCommand {
    @Parameters(paramLabel = "NODE", description = "The node.")
    private NodeId node;

    @Option(names = "--off", description = "Let it run resources again.")
    private boolean off;

    public StandbyCommand(Context context) {
        super(context);
    }

    @Override
    protected boolean mayStop() {
        return !off;
    }

    @Override
    protected Request request(boolean planOnly) {
        return new Request.Standby(node, !off, planOnly);
    }
}
