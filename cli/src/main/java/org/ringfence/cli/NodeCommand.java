package org.ringfence.cli;

import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.ringfence.api.DaemonUnavailableException;
import org.ringfence.api.ExitStatus;
import org.ringfence.api.Reply;
import org.ringfence.api.Request;
import org.ringfence.cli.screen.OutcomeScreen;
import org.ringfence.model.problem.UnusableInputException;
import picocli.CommandLine.Option;

/** A command that asks a node's daemon one thing and shows the answer. */
public abstract class NodeCommand extends LocalCommand {
    @Option(names = "--json", description = "Answer with one line of JSON.")
    private boolean json;

    @Option(
            names = "--socket",
            paramLabel = "PATH",
            description =
                    "The local socket of the node to ask. Default: RINGFENCE_SOCKET, or /run/ringfence/ringfence.sock.")
    private @Nullable Path socket;

    protected NodeCommand(Context context) {
        super(context);
    }

    /** What is asked. */
    protected abstract Request request() throws UnusableInputException;

    /** Shows an answer that says yes, as a person reads it. */
    protected void show(Reply.Outcome outcome) {
        new OutcomeScreen(terminal()).show(outcome);
    }

    protected final boolean json() {
        return json;
    }

    protected final Conversation conversation() {
        Path at = Optional.ofNullable(socket).orElseGet(context()::defaultSocket);
        return new Conversation(terminal(), at, json);
    }

    @Override
    protected ExitStatus run() throws UnusableInputException, DaemonUnavailableException {
        return conversation().ask(request(), this::show);
    }
}
