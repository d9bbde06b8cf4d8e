package org.ringfence.demo;

import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.ringfence.demo.timeline.Phase;
import org.ringfence.demo.timeline.Recovery;

/** How the demonstration looks: lines with the time since it began, and on a terminal one more line that is rewritten. */
final class Screen {
    private static final int BAR_WIDTH = 30;

    private final PrintStream out;
    private final boolean colour;
    private final boolean silent;
    private final Instant began = Instant.now();
    private boolean fleeting;

    /** @param silent whether nothing is shown, for what prints one JSON object */
    Screen(PrintStream out, boolean colour, boolean silent) {
        this.out = out;
        this.colour = colour;
        this.silent = silent;
    }

    void title(String text) {
        line(paint("1", text));
    }

    /** What was reached, with the time since the beginning. */
    void done(String text) {
        line(paint("2", seconds(Duration.between(began, Instant.now())) + "  ") + text);
    }

    /** What everything so far was for. */
    void headline(String text) {
        line("");
        line(paint("1", text));
        line("");
    }

    void bad(String text) {
        line(paint("1;31", text));
    }

    void good(String text) {
        line(paint("32", text));
    }

    void line(String text) {
        if (silent) {
            return;
        }
        if (fleeting) {
            out.print("\r\u001b[2K");
            fleeting = false;
        }
        out.println(text);
        out.flush();
    }

    /** How far a wait is; shown on a terminal only, until the next line. */
    void waiting(String text) {
        if (silent || !colour) {
            return;
        }
        out.print("\r\u001b[2K" + paint("2", seconds(Duration.between(began, Instant.now())) + "  " + text));
        out.flush();
        fleeting = true;
    }

    void timeline(Recovery recovery) {
        double whole = Math.max(1, recovery.downtime().toMillis());
        line(paint("2", "     after      took"));
        for (Phase phase : recovery.phases()) {
            boolean first = phase.name().equals("fault");
            String took = first ? "" : milliseconds(recovery.took(phase));
            int bar = (int) Math.round(recovery.took(phase).toMillis() / whole * BAR_WIDTH);
            line("%10s%10s  %s  %s"
                    .formatted(
                            milliseconds(recovery.after(phase)),
                            took,
                            paint("33", "█".repeat(bar)) + " ".repeat(BAR_WIDTH - bar),
                            phase.text())
                    .stripTrailing());
        }
    }

    /** {@code what} in front of each line. */
    void list(String what, List<String> lines) {
        lines.forEach(line -> line(what + line));
    }

    static String milliseconds(Duration duration) {
        return duration.toMillis() + " ms";
    }

    private static String seconds(Duration duration) {
        return String.format(Locale.ROOT, "%6.2f s", duration.toMillis() / 1000.0);
    }

    private String paint(String code, String text) {
        return colour && !text.isEmpty() ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
    }
}
