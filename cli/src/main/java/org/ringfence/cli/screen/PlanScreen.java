package org.ringfence.cli.screen;

import java.util.List;
import java.util.Locale;
import org.ringfence.api.Reply;
import org.ringfence.api.status.Role;
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
        away(plan.away());
        if (!plan.problems().isEmpty()) {
            terminal.line("What would be wrong then:");
            ProblemLines.print(terminal, 2, plan.problems());
        }
    }

    private void away(List<Reply.Away> away) {
        if (away.isEmpty()) {
            return;
        }
        terminal.line("Away meanwhile, by what operations took before:");
        var table = new Table(2);
        away.forEach(one -> table.row(List.of(
                Cell.of(one.resource() + (one.role() == Role.PROMOTED ? " (promoted)" : "")), Cell.of(time(one)))));
        table.printTo(terminal);
    }

    /** What counts operations that were never measured begins with a tilde. */
    private static String time(Reply.Away away) {
        return away.lasts()
                .map(span ->
                        (away.guessed() ? "~" : "") + String.format(Locale.ROOT, "%.1f s", span.toMillis() / 1000.0))
                .orElse("until something starts it again");
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
