package org.ringfence.cli;

import java.nio.file.Path;
import java.util.OptionalInt;
import org.ringfence.api.DaemonUnavailableException;
import org.ringfence.api.ExitStatus;
import org.ringfence.cli.command.StatusCommand;

/**
 * {@code status} as it is typed a hundred times a day and run by every script: plain, or with {@code --json} and
 * {@code --socket PATH}. Whatever else stands on the command line is for the parser, which takes longer to start than all of the rest.
 */
final class QuickStatus {
    private QuickStatus() {}

    /** The exit status; empty, and nothing done, when this is for the parser. */
    static OptionalInt run(Context context, String... arguments) {
        if (arguments.length == 0 || !arguments[0].equals("status")) {
            return OptionalInt.empty();
        }
        boolean json = false;
        Path socket = context.defaultSocket();
        for (int index = 1; index < arguments.length; index++) {
            if (arguments[index].equals("--json") && !json) {
                json = true;
            } else if (arguments[index].equals("--socket") && index == arguments.length - 2) {
                socket = Path.of(arguments[++index]);
            } else {
                return OptionalInt.empty();
            }
        }
        return OptionalInt.of(ask(context, new Conversation(context.terminal(), socket, json)));
    }

    private static int ask(Context context, Conversation conversation) {
        try {
            return StatusCommand.once(context, conversation).number();
        } catch (DaemonUnavailableException unavailable) {
            context.terminal().complain(String.valueOf(unavailable.getMessage()));
            return ExitStatus.NOT_DONE.number();
        }
    }
}
