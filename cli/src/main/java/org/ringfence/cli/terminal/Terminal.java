package org.ringfence.cli.terminal;

import java.io.BufferedWriter;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * Where a command's answer and its complaints go. Text is UTF-8 whatever the locale says. Not safe for several threads.
 *
 * @param colour whether {@link Style} shows
 */
public record Terminal(PrintWriter out, PrintWriter err, boolean colour) {

    /**
     * The terminal of this process.
     *
     * @param interactive whether standard output is a terminal. The launcher knows; asking for {@code System.console()} would
     *                    cost more than the rest of a command's start
     * @param environment {@code NO_COLOR} (no-color.org) and {@code TERM=dumb} turn colour off
     */
    public static Terminal ofProcess(boolean interactive, Map<String, String> environment) {
        boolean colour = interactive
                && environment.getOrDefault("NO_COLOR", "").isEmpty()
                && !environment.getOrDefault("TERM", "").equals("dumb");
        return new Terminal(
                writer(new FileOutputStream(FileDescriptor.out)),
                writer(new FileOutputStream(FileDescriptor.err)),
                colour);
    }

    /** One to which nobody looks: answers and complaints go to {@code stream}, in colour. */
    public static Terminal onto(OutputStream stream) {
        return new Terminal(writer(stream), writer(stream), true);
    }

    private static PrintWriter writer(OutputStream stream) {
        return new PrintWriter(new BufferedWriter(new OutputStreamWriter(stream, StandardCharsets.UTF_8), 16 * 1024));
    }

    public String paint(Style style, String text) {
        return colour ? style.paint(text) : text;
    }

    /** One line on standard output. */
    public void line(String text) {
        out.print(text);
        out.print('\n');
    }

    /** One line of complaint on standard error; what was answered before stays before it. */
    public void complain(String text) {
        out.flush();
        err.print(paint(Style.BAD, "ringfence: ") + text + "\n");
        err.flush();
    }

    public void flush() {
        out.flush();
        err.flush();
    }
}
