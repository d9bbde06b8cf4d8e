package org.ringfence.cli.command;

import org.ringfence.cli.Context;
import picocli.CommandLine.Command;

/** {@code ringfence configure}: the commands below it read and change the configuration. */
@Command(
        name = "configure",
        subcommands = {
            ConfigureShowCommand.class,
            ConfigureLoadCommand.class,
            ConfigureSetCommand.class,
            ConfigureVerifyCommand.class,
            ConfigureWaiveCommand.class
        },
        description = "Reads and changes the cluster's configuration.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  ringfence configure show > cluster.xml",
            "  ringfence configure load cluster.xml --plan",
            "  ringfence configure set no-quorum-policy=stop"
        })
public final class ConfigureCommand extends CommandGroup {
    public ConfigureCommand(Context context) {
        super(context);
    }
}
