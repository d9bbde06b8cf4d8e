package org.ringfence.cli.screen;

import java.util.List;
import org.ringfence.api.FenceHistoryReply;
import org.ringfence.cli.terminal.Style;
import org.ringfence.cli.terminal.Table;
import org.ringfence.cli.terminal.Table.Cell;
import org.ringfence.cli.terminal.Terminal;

/** Past fencings, a line each. */
public final class FenceHistoryScreen {
    private final Terminal terminal;
    private final Moments moments;

    public FenceHistoryScreen(Terminal terminal, Moments moments) {
        this.terminal = terminal;
        this.moments = moments;
    }

    public void show(FenceHistoryReply history) {
        if (history.entries().isEmpty()) {
            terminal.line("no node was fenced, as far as is kept");
        }
        var table = new Table(0);
        for (FenceHistoryReply.Entry entry : history.entries()) {
            table.row(List.of(
                    Cell.of(moments.at(entry.at())),
                    Cell.of(entry.node().name()),
                    Cell.of(entry.action()),
                    new Cell(entry.succeeded() ? "done" : "FAILED", entry.succeeded() ? Style.GOOD : Style.BAD),
                    Cell.of(entry.how()),
                    Cell.of(entry.reason())));
        }
        table.printTo(terminal);
        terminal.flush();
    }
}
