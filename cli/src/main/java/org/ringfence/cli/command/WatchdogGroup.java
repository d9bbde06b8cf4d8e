package org.ringfence.cli.command;

import org.ringfence.cli.Context;
import picocli.CommandLine.Command;

/** {@code ringfence watchdog}: this host's own. */
@Command(
        name = "watchdog",
        subcommands = {WatchdogProbeCommand.class, WatchdogBiteCommand.class},
        description = "Questions this host's watchdogs, and proves that one bites.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  ringfence watchdog probe                       lists them; opens none",
            "  ringfence watchdog probe -d /dev/watchdog0     questions one",
            "  ringfence watchdog bite -d /dev/watchdog0 --yes     RESETS this host"
        })
public final class WatchdogGroup extends CommandGroup {
    public WatchdogGroup(Context context) {
        super(context);
    }
}
