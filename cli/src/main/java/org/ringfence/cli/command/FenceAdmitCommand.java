package org.ringfence.cli.command;

import org.ringfence.api.Request;
import org.ringfence.cli.Context;
import org.ringfence.cli.NodeCommand;
import org.ringfence.model.NodeId;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ringfence fence admit}. */
@Command(
        name = "admit",
        description = {
            "Lets a node in again that was fenced too often in a short time and is kept from running anything.",
            "Find out first why: ringfence fence history NODE."
        },
        footerHeading = "%nExample:%n",
        footer = "  ringfence fence admit beta --reason 'new memory is in'")
public final class FenceAdmitCommand extends NodeCommand {
    @Parameters(paramLabel = "NODE", description = "The node that may run resources again.")
    private NodeId node;

    @Option(names = "--reason", paramLabel = "TEXT", required = true, description = "Why, for the record.")
    private String reason;

    public FenceAdmitCommand(Context context) {
        super(context);
    }

    @Override
    protected Request request() {
        return new Request.AdmitNode(node, reason);
    }
}
