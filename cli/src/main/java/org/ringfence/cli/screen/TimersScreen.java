package org.ringfence.cli.screen;

import java.util.List;
import org.ringfence.cli.terminal.Style;
import org.ringfence.cli.terminal.Table;
import org.ringfence.cli.terminal.Table.Cell;
import org.ringfence.cli.terminal.Terminal;
import org.ringfence.model.problem.Problem;
import org.ringfence.scheduler.timers.Link;
import org.ringfence.scheduler.timers.Timers;

/** The chain of timers as a sum. */
public final class TimersScreen {
    private static final int INDENT = 2;

    private final Terminal terminal;

    public TimersScreen(Terminal terminal) {
        this.terminal = terminal;
    }

    public void show(Timers timers) {
        terminal.line("Recovery target: " + Timers.text(timers.targetMs())
                + (timers.targetSet() ? "" : " (assumed: recovery-target is not set)")
                + "; a lost node is stopped by " + timers.path() + ".");
        Table table = new Table(INDENT);
        for (Link link : timers.chain()) {
            table.row(List.of(
                    Cell.of(link.counts() ? "+" : " "),
                    Cell.of(link.name()),
                    Cell.of(Timers.text(link.millis())),
                    Cell.of(origin(link)),
                    Cell.of(link.arithmetic())));
        }
        table.row("=", "recovery", Timers.text(timers.recoveryMs()), "", verdict(timers));
        table.printTo(terminal);
        for (Problem problem : timers.problems()) {
            terminal.line(terminal.paint(Style.BAD, "contradiction: ") + problem);
        }
        if (timers.problems().isEmpty()) {
            terminal.line("Nothing contradicts anything.");
        }
    }

    private static String origin(Link link) {
        return switch (link.origin()) {
            case DERIVED -> "derived";
            case BY_HAND -> "BY HAND";
            case MEASURED -> "measured";
            case CONSTANT -> "constant";
        };
    }

    private static String verdict(Timers timers) {
        long over = timers.recoveryMs() - timers.targetMs();
        return over <= 0 ? "within the target, by " + Timers.text(-over) : "over the target by " + Timers.text(over);
    }
}
