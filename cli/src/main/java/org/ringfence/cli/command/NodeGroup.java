package org.ringfence.cli.command;

import org.ringfence.cli.Context;
import picocli.CommandLine.Command;

/** {@code ringfence node}: this host's own daemon. */
@Command(
        name = "node",
        subcommands = {NodeRunCommand.class, NodeStopCommand.class},
        description = "Runs or stops this host's node.",
        footerHeading = "%nExamples:%n",
        footer = {"  ringfence node run", "  ringfence node stop --reason 'new kernel'"})
public final class NodeGroup extends CommandGroup {
    public NodeGroup(Context context) {
        super(context);
    }
}
