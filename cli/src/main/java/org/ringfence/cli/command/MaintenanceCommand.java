package org.ringfence.cli.command;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.ringfence.api.Request;
import org.ringfence.cli.CautiousCommand;
import org.ringfence.cli.Context;
import org.ringfence.cli.input.Switch;
import org.ringfence.model.NodeId;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ringfence maintenance on|off}. */
@Command(
        name = "maintenance",
        description = {
            "Watches and does nothing, for the whole cluster or for one node, until it is turned off.",
            "What would be stopped when it ends is refused (exit status 3) until --accept-stops names it."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  ringfence maintenance on",
            "  ringfence maintenance on --node alpha",
            "  ringfence maintenance off --plan"
        })
public final class MaintenanceCommand extends CautiousCommand {
    @Parameters(paramLabel = "on|off", description = "What it shall be.")
    private Switch position;

    @Option(names = "--node", paramLabel = "NODE", description = "Only this node.")
    private @Nullable NodeId node;

    public MaintenanceCommand(Context context) {
        super(context);
    }

    @Override
    protected boolean mayStop() {
        return position == Switch.ON;
    }

    @Override
    protected Request request(boolean planOnly) {
        return new Request.Maintenance(Optional.ofNullable(node), position == Switch.ON, planOnly);
    }
}
