package org.ringfence.cli.command;

import org.ringfence.api.Request;
import org.ringfence.cli.Context;
import org.ringfence.cli.NodeCommand;
import org.ringfence.model.NodeId;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ringfence fence confirm NODE}: for when no device can do it, and somebody has looked. */
@Command(
        name = "confirm",
        description = {
            "Says that a node is off, because you have made sure. The cluster then recovers what it ran.",
            "If the node is not off, its data will be damaged. Your name and reason go on record."
        },
        footerHeading = "%nExample:%n",
        footer = "  ringfence fence confirm beta --reason 'looked: its power cord is out'")
public final class FenceConfirmCommand extends NodeCommand {
    @Parameters(paramLabel = "NODE", description = "The node that is off.")
    private NodeId node;

    @Option(names = "--reason", paramLabel = "TEXT", required = true, description = "How you know.")
    private String reason;

    public FenceConfirmCommand(Context context) {
        super(context);
    }

    @Override
    protected Request request() {
        return new Request.ConfirmFenced(node, reason);
    }
}
