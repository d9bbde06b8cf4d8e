package org.ringfence.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.ringfence.cli.terminal.Table.Cell;

class TableTest {
    private final StringWriter out = new StringWriter();

    private Terminal terminal(boolean colour) {
        return new Terminal(new PrintWriter(out), new PrintWriter(new StringWriter()), colour);
    }

    @Test
    void columnsLineUpAndNoLineEndsInSpaces() {
        Terminal terminal = terminal(false);
        new Table(2).row("a", "bbb", "c").row("aaaa", "b", "").row("ä", "b").printTo(terminal);
        terminal.flush();
        assertThat(out.toString()).isEqualTo("  a     bbb  c\n  aaaa  b\n  ä     b\n");
    }

    @Test
    void colourTakesNoRoom() {
        Terminal terminal = terminal(true);
        new Table(0)
                .row(List.of(new Cell("bad", Style.BAD), Cell.of("x")))
                .row("longer", "x")
                .printTo(terminal);
        terminal.flush();
        assertThat(out.toString()).isEqualTo("\u001b[1;31mbad\u001b[0m     x\nlonger  x\n");
    }
}
