package org.ringfence.cli.screen;

import java.util.List;
import org.ringfence.api.Reply;
import org.ringfence.cli.terminal.Style;
import org.ringfence.cli.terminal.Table;
import org.ringfence.cli.terminal.Table.Cell;
import org.ringfence.cli.terminal.Terminal;

/** What a change would cause. */
final class PlanScreen {
    private final Terminal terminal;

    PlanScreen(Terminal terminal) {
        this.terminal = terminal;
    }

    void show(Reply.Plan plan) {
        if (!plan.unsafe().isEmpty()) {
            terminal.line(terminal.paint(Style.BAD, "This would be refused as unsafe:"));
            ProblemLines.print(terminal, 2, plan.unsafe());
        }
        if (plan.steps().isEmpty()) {
            terminal.line("Nothing would be started, stopped or moved.");
        } else {
            terminal.line("Plan, nothing was changed:");
            var table = new Table(2);
            for (Reply.PlannedStep step : plan.steps()) {
                table.row(List.of(
                        new Cell(step.operation(), style(step.operation())),
                        Cell.of(step.subject()),
                        Cell.of(where(step))));
            }
            table.printTo(terminal);
        }
        if (!plan.problems().isEmpty()) {
            terminal.line("What would be wrong then:");
            ProblemLines.print(terminal, 2, plan.problems());
        }
    }

    private static String where(Reply.PlannedStep step) {
        String node = step.node().name();
        return step.from()
                .map(from -> from + " -> " + node)
                .orElseGet(() -> step.subject().equals(node) ? "" : node);
    }

    private static Style style(String operation) {
        return switch (operation) {
            case "fence", "off", "reboot" -> Style.BAD;
            case "stop", "demote" -> Style.WARNING;
            case "start", "promote" -> Style.GOOD;
            default -> Style.PLAIN;
        };
    }
}
