package org.ringfence.cli.offline;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.ringfence.cli.terminal.Style;
import org.ringfence.cli.terminal.Table;
import org.ringfence.cli.terminal.Table.Cell;
import org.ringfence.cli.terminal.Terminal;
import org.ringfence.model.NodeId;

/** What decided where resources go, as tables. */
final class PlacementLines {
    private final Terminal terminal;
    private final Placement placement;

    PlacementLines(Terminal terminal, Placement placement) {
        this.terminal = terminal;
        this.placement = placement;
    }

    /** A row for each resource, a column for each node; where it is to be is marked. */
    void scores() {
        heading("Scores (* where it is to be)");
        var table = new Table(2);
        List<Cell> nodes = new ArrayList<>();
        nodes.add(Cell.of(""));
        placement.scores().stream()
                .limit(1)
                .flatMap(row -> row.scores().stream())
                .forEach(score -> nodes.add(new Cell(score.node().name(), Style.FAINT)));
        table.row(nodes);
        for (Placement.ResourceScores row : placement.scores()) {
            List<Cell> cells = new ArrayList<>();
            cells.add(Cell.of(row.resource()));
            for (Placement.NodeScore score : row.scores()) {
                boolean chosen = row.node().filter(score.node()::equals).isPresent();
                cells.add(new Cell(score.score() + (chosen ? " *" : ""), chosen ? Style.GOOD : Style.PLAIN));
            }
            table.row(cells);
        }
        table.printTo(terminal);
        if (!placement.promotion().isEmpty()) {
            promotion();
        }
    }

    private void promotion() {
        heading("Promotion scores");
        var table = new Table(2);
        for (Placement.PromotionScore score : placement.promotion()) {
            table.row(List.of(
                    Cell.of(score.resource()),
                    Cell.of(score.node().name()),
                    Cell.of(score.score()),
                    new Cell(score.promoted() ? "promoted" : "", Style.GOOD)));
        }
        table.printTo(terminal);
    }

    void utilization() {
        heading("Utilization");
        if (placement.capacities().isEmpty() && placement.uses().isEmpty()) {
            terminal.line("  none configured");
            return;
        }
        var table = new Table(2);
        for (Placement.Capacity capacity : placement.capacities()) {
            table.row(
                    capacity.node().name(),
                    "offers " + amounts(capacity.offered()),
                    "left in the end: " + amounts(capacity.left()));
        }
        for (Placement.Use use : placement.uses()) {
            table.row(
                    use.resource(),
                    "takes " + amounts(use.taken()),
                    use.node().map(NodeId::name).map(node -> "on " + node).orElse("nowhere"));
        }
        table.printTo(terminal);
    }

    private static String amounts(Map<String, Integer> amounts) {
        return amounts.entrySet().stream()
                .map(amount -> amount.getKey() + "=" + amount.getValue())
                .collect(Collectors.joining(" "));
    }

    private void heading(String text) {
        terminal.line("");
        terminal.line(terminal.paint(Style.STRONG, text));
    }
}
