package org.ringfence.cli.command;

import org.ringfence.api.DaemonUnavailableException;
import org.ringfence.api.ExitStatus;
import org.ringfence.api.Reply;
import org.ringfence.api.Request;
import org.ringfence.cli.Context;
import org.ringfence.cli.NodeCommand;
import org.ringfence.cli.screen.StatusScreen;
import org.ringfence.cli.terminal.Terminal;
import org.ringfence.model.problem.UnusableInputException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ringfence status}. */
@Command(
        name = "status",
        description = "Shows the cluster on one screen: what is wrong and why, nodes, fencing, resources.",
        footerHeading = "%nExamples:%n",
        footer = {"  ringfence status", "  ringfence status --watch", "  ringfence status --json"})
public final class StatusCommand extends NodeCommand {
    private static final String HOME_AND_CLEAR = "\u001b[H\u001b[2J";

    @Option(names = "--watch", description = "Show it anew after every change, until Ctrl-C.")
    private boolean watch;

    public StatusCommand(Context context) {
        super(context);
    }

    @Override
    protected Request request() {
        return watch ? new Request.Watch() : new Request.Status();
    }

    @Override
    protected ExitStatus run() throws UnusableInputException, DaemonUnavailableException {
        return watch ? watch() : super.run();
    }

    private ExitStatus watch() throws DaemonUnavailableException {
        Terminal terminal = context().terminal();
        return conversation().follow(new Request.Watch(), outcome -> {
            terminal.out().print(terminal.colour() ? HOME_AND_CLEAR : "");
            show(outcome);
            terminal.line("");
            terminal.flush();
        });
    }

    @Override
    protected void show(Reply.Outcome outcome) {
        StatusScreen.show(context().terminal(), context().zone(), outcome);
    }
}
