package org.ringfence.cli.command;

import org.ringfence.api.DaemonUnavailableException;
import org.ringfence.api.ExitStatus;
import org.ringfence.api.Reply;
import org.ringfence.api.Request;
import org.ringfence.api.StatusReply;
import org.ringfence.cli.Context;
import org.ringfence.cli.Conversation;
import org.ringfence.cli.NodeCommand;
import org.ringfence.cli.screen.OutcomeScreen;
import org.ringfence.cli.screen.StatusScreen;
import org.ringfence.cli.terminal.Terminal;
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
    protected ExitStatus run() throws DaemonUnavailableException {
        return watch ? watch(context(), conversation()) : once(context(), conversation());
    }

    /** The same without a command line to read. */
    public static ExitStatus once(Context context, Conversation conversation) throws DaemonUnavailableException {
        return conversation.ask(new Request.Status(), outcome -> show(context, outcome));
    }

    private static ExitStatus watch(Context context, Conversation conversation) throws DaemonUnavailableException {
        Terminal terminal = context.terminal();
        return conversation.follow(new Request.Watch(), outcome -> {
            terminal.out().print(terminal.colour() ? HOME_AND_CLEAR : "");
            show(context, outcome);
            terminal.line("");
            terminal.flush();
        });
    }

    private static void show(Context context, Reply.Outcome outcome) {
        if (outcome instanceof StatusReply status) {
            new StatusScreen(context.terminal(), context.zone(), status).show();
        } else {
            new OutcomeScreen(context.terminal()).show(outcome);
        }
    }
}
