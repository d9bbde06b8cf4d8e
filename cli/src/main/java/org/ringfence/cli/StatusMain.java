package org.ringfence.cli;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.OptionalInt;
import java.util.TimeZone;
import org.ringfence.api.DaemonUnavailableException;
import org.ringfence.api.ExitStatus;
import org.ringfence.api.Lines;
import org.ringfence.api.Request;
import org.ringfence.cli.screen.StatusScreen;
import org.ringfence.cli.terminal.Terminal;

/**
 * {@code status} as it is typed a hundred times a day and run by every script: plain, or with {@code --json} and
 * {@code --socket PATH}, in this order. The launcher starts it with the few jars that it needs and with what it loads kept from
 * {@link StatusRehearsal}. Whatever else stands on the command line is for {@link Main}, whose parser takes longer to start
 * than all of this.
 */
public final class StatusMain {
    private StatusMain() {}

    public static void main(String[] arguments) {
        var terminal = Terminal.ofProcess(Boolean.getBoolean("ringfence.terminal"), System.getenv());
        var context = new Context(terminal, System.getenv(), InstantSource.system(), TimeZone.getDefault());
        OptionalInt status = run(context, arguments);
        if (status.isEmpty()) {
            throw new IllegalArgumentException("not for here: " + String.join(" ", arguments));
        }
        if (status.getAsInt() != 0) {
            System.exit(status.getAsInt());
        }
        // Otherwise the end is the end: an exit is logged, and the logs would have to be found first.
    }

    /** The exit status; empty, and nothing done, when this is for the parser. */
    static OptionalInt run(Context context, String... arguments) {
        if (arguments.length == 0 || !arguments[0].equals("status")) {
            return OptionalInt.empty();
        }
        int next = 1;
        boolean json = next < arguments.length && arguments[next].equals("--json");
        next += json ? 1 : 0;
        Path socket = context.defaultSocket();
        if (next == arguments.length - 2 && arguments[next].equals("--socket")) {
            socket = Path.of(arguments[next + 1]);
            next += 2;
        }
        return next == arguments.length
                ? OptionalInt.of(ask(context, new Conversation(context.terminal(), socket, json)))
                : OptionalInt.empty();
    }

    private static int ask(Context context, Conversation conversation) {
        // What an answer is read with takes as long to prepare as the socket that it comes through; hosts have two
        // cores.
        Thread.ofPlatform().name("prepare").daemon().start(Lines::prepareReading);
        try {
            return conversation
                    .ask(
                            new Request.Status(),
                            outcome -> StatusScreen.show(context.terminal(), context.zone(), outcome))
                    .number();
        } catch (DaemonUnavailableException unavailable) {
            context.terminal().complain(String.valueOf(unavailable.getMessage()));
            return ExitStatus.NOT_DONE.number();
        }
    }
}
