package org.ringfence.cli.command;

import org.ringfence.api.Request;
import org.ringfence.cli.Context;
import org.ringfence.cli.NodeCommand;
import org.ringfence.model.NodeId;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ringfence fence trust}. */
@Command(
        name = "trust",
        description = {
            "Counts on a fence device again that has said of a node that it is off while it was not.",
            "A change of the device's parameters does the same by itself."
        },
        footerHeading = "%nExample:%n",
        footer = "  ringfence fence trust power beta --reason 'plug 3 is labelled right now'")
public final class FenceTrustCommand extends NodeCommand {
    @Parameters(index = "0", paramLabel = "DEVICE", description = "The fence device.")
    private String device;

    @Parameters(index = "1", paramLabel = "NODE", description = "The node that it is to be counted on for.")
    private NodeId node;

    @Option(names = "--reason", paramLabel = "TEXT", required = true, description = "Why, for the record.")
    private String reason;

    public FenceTrustCommand(Context context) {
        super(context);
    }

    @Override
    protected Request request() {
        return new Request.TrustDevice(device, node, reason);
    }
}
