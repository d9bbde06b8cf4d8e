package org.ringfence.cli.command;

import org.ringfence.cli.Context;
import picocli.CommandLine.Command;

/** {@code ringfence configure}: the commands below it read and change the configuration. */
@Command(
        name = "configure",
        subcommands = {
            ConfigureShowCommand.class,
            ConfigureLoadCommand.class,
            ConfigureEditCommand.class,
            ConfigureSetCommand.class,
            ConfigureDeleteCommand.class,
            ConfigureVerifyCommand.class,
            ConfigureHistoryCommand.class,
            ConfigureWaiveCommand.class
        },
        description = "Reads and changes the cluster's configuration.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  ringfence configure show > cluster.crm",
            "  ringfence configure load cluster.crm --plan",
            "  ringfence configure edit",
            "  ringfence configure set no-quorum-policy=stop"
        })
public final class ConfigureCommand extends CommandGroup {
    public ConfigureCommand(Context context) {
        super(context);
    }
}
