package org.ringfence.cli;

import java.time.InstantSource;
import java.util.TimeZone;
import org.ringfence.api.ExitStatus;
import org.ringfence.cli.terminal.Terminal;

/** The {@code ringfence} command. The launcher starts it, and says by {@code ringfence.terminal} whether a person is looking. */
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        var terminal = Terminal.ofProcess(Boolean.getBoolean("ringfence.terminal"), System.getenv());
        var context = new Context(terminal, System.getenv(), InstantSource.system(), TimeZone.getDefault());
        System.exit(run(context, arguments));
    }

    /** An input may be too large for the memory that a command has, and that is no reason to show a stack. */
    static int run(Context context, String... arguments) {
        try {
            return new CommandLines(context).run(arguments);
        } catch (OutOfMemoryError _) {
            long mebibytes = Runtime.getRuntime().maxMemory() >> 20;
            context.terminal()
                    .complain("the input needs more memory than the " + mebibytes
                            + " MiB that are allowed; allow more, for example with RINGFENCE_JAVA_OPTS=-Xmx4g");
            return ExitStatus.NOT_DONE.number();
        }
    }
}
