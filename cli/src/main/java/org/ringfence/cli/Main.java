package org.ringfence.cli;

import java.time.InstantSource;
import java.time.ZoneId;
import org.ringfence.cli.terminal.Terminal;

/** The {@code ringfence} command. The launcher starts it, and says by {@code ringfence.terminal} whether a person is looking. */
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        var terminal = Terminal.ofProcess(Boolean.getBoolean("ringfence.terminal"), System.getenv());
        var context = new Context(terminal, System.getenv(), InstantSource.system(), ZoneId.systemDefault());
        System.exit(new CommandLines(context).run(arguments));
    }
}
