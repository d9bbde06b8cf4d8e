package org.ringfence.daemon;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.logging.ConsoleHandler;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** One line for each entry of the log, on standard error: time, level, what. */
final class LogLines extends Formatter {
    private LogLines() {}

    static void set() {
        Logger root = Logger.getLogger("");
        for (Handler old : root.getHandlers()) {
            root.removeHandler(old);
        }
        var console = new ConsoleHandler();
        console.setFormatter(new LogLines());
        root.addHandler(console);
        root.setLevel(Level.INFO);
        // What the library has to say of connections that come and go is said by the engine itself.
        Logger.getLogger("org.jgroups").setLevel(Level.WARNING);
    }

    @Override
    public String format(LogRecord entry) {
        String line = entry.getInstant() + " " + entry.getLevel().getName() + " " + formatMessage(entry) + "\n";
        Throwable thrown = entry.getThrown();
        if (thrown == null) {
            return line;
        }
        var trace = new StringWriter();
        thrown.printStackTrace(new PrintWriter(trace));
        return line + trace;
    }
}
