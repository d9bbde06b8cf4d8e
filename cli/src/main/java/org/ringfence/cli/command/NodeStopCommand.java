package org.ringfence.cli.command;

import org.ringfence.api.Request;
import org.ringfence.cli.Context;
import org.ringfence.cli.NodeCommand;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ringfence node stop}. */
@Command(
        name = "stop",
        description = "Moves this node's resources away, leaves the cluster and ends the daemon.",
        footerHeading = "%nExample:%n",
        footer = "  ringfence node stop --reason 'new kernel'")
public final class NodeStopCommand extends NodeCommand {
    @Option(names = "--reason", paramLabel = "TEXT", description = "Why, for the record.")
    private String reason = "";

    public NodeStopCommand(Context context) {
        super(context);
    }

    @Override
    protected Request request() {
        return new Request.Shutdown(reason);
    }
}
