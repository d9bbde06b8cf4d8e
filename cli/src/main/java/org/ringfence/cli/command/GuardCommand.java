package org.ringfence.cli.command;

import java.util.ArrayList;
import java.util.List;
import org.ringfence.api.ExitStatus;
import org.ringfence.cli.Context;
import org.ringfence.cli.LocalCommand;
import picocli.CommandLine.Command;
import picocli.CommandLine.Unmatched;

/**
 * {@code ringfence guard}. The launcher starts the guard itself, in a virtual machine made small; this class is here for the
 * help, and for those who start the command without the launcher.
 */
@Command(
        name = "guard",
        description = {
            "Runs this host's guard in the foreground: feeds the watchdog while the node is healthy and can be told to",
            "die, reads what it is told through its slots on shared disks, and resets the host when it must.",
            "Settings are read from /etc/ringfence/ringfence.conf (--config FILE): sbd-devices, watchdog,",
            "watchdog-timeout, sbd-config and more; see docs/guard.md. Refuses to start without a watchdog, unless",
            "--without-watchdog says that none is wanted: then nothing stops a host that hangs.",
            "Ends with 3 where guarding would be none."
        },
        footerHeading = "%nExample:%n",
        footer = "  ringfence guard --config /etc/ringfence/ringfence.conf")
public final class GuardCommand extends LocalCommand {
    @SuppressWarnings("UnusedVariable") // taken, so that the answer is not about them
    @Unmatched
    private final List<String> forTheGuard = new ArrayList<>();

    public GuardCommand(Context context) {
        super(context);
    }

    @Override
    protected ExitStatus run() {
        terminal().complain("guard: a guard is started by the launcher, the script 'ringfence'");
        return ExitStatus.UNUSABLE_INPUT;
    }
}
