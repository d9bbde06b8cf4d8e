package org.ringfence.cli.screen;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.ringfence.api.status.NodeStatus;
import org.ringfence.cli.terminal.Style;
import org.ringfence.cli.terminal.Table;
import org.ringfence.cli.terminal.Table.Cell;
import org.ringfence.cli.terminal.Terminal;
import org.ringfence.model.NodeId;

/** Nodes, one per line: how each is to its cluster, since when, and why. */
public final class NodeLines {
    private final Terminal terminal;
    private final Moments moments;

    public NodeLines(Terminal terminal, Moments moments) {
        this.terminal = terminal;
        this.moments = moments;
    }

    public void print(List<NodeStatus> nodes, Optional<NodeId> dc) {
        // Names are compared: the comparison of records is made when it is first used, and takes longer than the whole
        // screen.
        String dcName = dc.map(NodeId::name).orElse("");
        boolean timed = nodes.stream().anyMatch(node -> node.since().isPresent());
        var table = new Table(2);
        for (NodeStatus node : nodes) {
            var notes = new ArrayList<String>();
            if (node.node().name().equals(dcName)) {
                notes.add("DC");
            }
            if (node.standby()) {
                notes.add("standby");
            }
            if (node.maintenance()) {
                notes.add("maintenance");
            }
            if (!node.reason().isEmpty()) {
                notes.add(node.reason());
            }
            var cells = new ArrayList<Cell>();
            cells.add(Cell.of(node.node().name()));
            cells.add(new Cell(word(node.state()), style(node.state())));
            if (timed) {
                cells.add(new Cell(
                        node.since().map(moments::at).map(at -> "since " + at).orElse(""), Style.FAINT));
            }
            cells.add(Cell.of(String.join(", ", notes)));
            table.row(cells);
        }
        table.printTo(terminal);
    }

    private static String word(NodeStatus.State state) {
        return switch (state) {
            case UNCLEAN, FENCING -> state.name();
            case ONLINE, SLOW, JOINING, OFFLINE -> state.name().toLowerCase(Locale.ROOT);
            case OTHER -> "unknown";
        };
    }

    private static Style style(NodeStatus.State state) {
        return switch (state) {
            case ONLINE -> Style.GOOD;
            case SLOW, JOINING, OFFLINE, OTHER -> Style.WARNING;
            case UNCLEAN, FENCING -> Style.BAD;
        };
    }
}
