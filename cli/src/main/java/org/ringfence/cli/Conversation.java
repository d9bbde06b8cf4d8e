package org.ringfence.cli;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.ringfence.api.Client;
import org.ringfence.api.DaemonUnavailableException;
import org.ringfence.api.ExitStatus;
import org.ringfence.api.Reply;
import org.ringfence.api.Request;
import org.ringfence.api.json.RecordJson;
import org.ringfence.cli.screen.OutcomeScreen;
import org.ringfence.cli.screen.ProgressLine;
import org.ringfence.cli.terminal.Terminal;

/**
 * Asks a node and shows its answers.
 *
 * @param json whether answers are shown as JSON, one line each
 */
public record Conversation(Terminal terminal, Path socket, boolean json) {
    private static final RecordJson<Reply> JSON = RecordJson.of(Reply.class).build();

    /** How an answer that says yes looks to a person; the others look the same for all commands. */
    @FunctionalInterface
    public interface Presentation {
        void show(Reply.Outcome outcome);
    }

    /** Asks one thing, shows how far it is, and shows the answer. */
    public ExitStatus ask(Request request, Presentation presentation) throws DaemonUnavailableException {
        return show(call(request), presentation);
    }

    /** Asks one thing and shows how far it is; the answer is for the caller to show. */
    public Reply.Outcome call(Request request) throws DaemonUnavailableException {
        var progress = new ProgressLine(terminal, json);
        try (Client client = Client.connect(socket)) {
            return client.call(request, progress::show);
        } finally {
            progress.clear();
        }
    }

    /** How far something is that takes long; programs are told at the end alone. */
    public void tell(String line) {
        if (!json) {
            terminal.line(line);
            terminal.flush();
        }
    }

    /** Shows an answer, and says what the command that asked ends with. */
    public ExitStatus show(Reply.Outcome outcome, Presentation presentation) {
        if (json) {
            printJson(outcome);
        } else if (outcome.exitStatus() == ExitStatus.DONE) {
            presentation.show(outcome);
        } else {
            new OutcomeScreen(terminal).show(outcome);
        }
        return outcome.exitStatus();
    }

    /** Asks for what is answered many times, and shows each answer, until the node or the caller ends it. */
    public ExitStatus follow(Request request, Presentation presentation) throws DaemonUnavailableException {
        try (Client client = Client.connect(socket)) {
            return client.call(request, reply -> {
                        if (json) {
                            printJson(reply);
                        } else if (reply instanceof Reply.Outcome outcome) {
                            presentation.show(outcome);
                        }
                    })
                    .exitStatus();
        }
    }

    private void printJson(Reply reply) {
        terminal.line(new String(JSON.write(reply), StandardCharsets.UTF_8));
        terminal.flush();
    }
}
