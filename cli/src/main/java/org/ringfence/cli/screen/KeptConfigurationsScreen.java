package org.ringfence.cli.screen;

import java.util.List;
import org.ringfence.api.Reply;
import org.ringfence.cli.terminal.Style;
import org.ringfence.cli.terminal.Table;
import org.ringfence.cli.terminal.Table.Cell;
import org.ringfence.cli.terminal.Terminal;

/** The configurations that a node has kept, newest first. */
record KeptConfigurationsScreen(Terminal terminal) {

    void show(Reply.KeptConfigurations kept) {
        if (kept.newestFirst().isEmpty()) {
            terminal.line("No configuration is kept yet.");
        }
        var table = new Table(0);
        for (Reply.KeptConfiguration one : kept.newestFirst()) {
            table.row(List.of(
                    new Cell(Integer.toString(one.number()), Style.STRONG),
                    Cell.of(one.change().when().toString()),
                    Cell.of(one.change().who()),
                    Cell.of(one.version().toString()),
                    Cell.of(one.change().reason())));
        }
        table.printTo(terminal);
        kept.damaged().forEach(damaged -> terminal.line(terminal.paint(Style.WARNING, damaged)));
    }
}
