package org.ringfence.cli.command;

import java.util.ArrayList;
import java.util.List;
import org.ringfence.api.ExitStatus;
import org.ringfence.cli.Context;
import org.ringfence.cli.LocalCommand;
import picocli.CommandLine.Command;
import picocli.CommandLine.Unmatched;

/**
 * {@code ringfence node run}. The launcher starts the daemon itself, in a virtual machine made for long life; this class is here
 * for the help, and for those who start the command without the launcher.
 */
@Command(
        name = "run",
        description = {
            "Runs this host's node in the foreground, until it is told to stop.",
            "Settings are read from /etc/ringfence/ringfence.conf; 'ringfence init' writes it."
        },
        footerHeading = "%nExample:%n",
        footer = "  ringfence node run --config /etc/ringfence/ringfence.conf")
public final class NodeRunCommand extends LocalCommand {
    @SuppressWarnings("UnusedVariable") // taken, so that the answer is not about them
    @Unmatched
    private final List<String> forTheDaemon = new ArrayList<>();

    public NodeRunCommand(Context context) {
        super(context);
    }

    @Override
    protected ExitStatus run() {
        terminal().complain("node run: a node is started by the launcher, the script 'ringfence'");
        return ExitStatus.UNUSABLE_INPUT;
    }
}
