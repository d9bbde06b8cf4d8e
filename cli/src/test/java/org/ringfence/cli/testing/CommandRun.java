package org.ringfence.cli.testing;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TimeZone;
import org.ringfence.cli.Context;
import org.ringfence.cli.terminal.Terminal;

/** A terminal that can be read afterwards, at a fixed moment, in UTC. */
public final class CommandRun {
    public static final Instant NOW = Instant.parse("2026-03-01T14:05:00Z");

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final Map<String, String> environment = new LinkedHashMap<>();
    private boolean colour;

    public CommandRun with(String name, String value) {
        environment.put(name, value);
        return this;
    }

    public CommandRun withColour() {
        colour = true;
        return this;
    }

    public Context context() {
        var terminal = new Terminal(new PrintWriter(out), new PrintWriter(err), colour);
        return new Context(terminal, environment, InstantSource.fixed(NOW), TimeZone.getTimeZone("UTC"));
    }

    public String out() {
        return out.toString();
    }

    public String err() {
        return err.toString();
    }
}
