package org.ringfence.cli.terminal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Rows whose columns line up, two spaces apart; the last column is never padded. */
public final class Table {
    private static final int GAP = 2;

    private final String indent;
    private final List<List<Cell>> rows = new ArrayList<>();

    /** @param indent spaces before each row */
    public Table(int indent) {
        this.indent = " ".repeat(indent);
    }

    /** A piece of text and how it is shown. */
    public record Cell(String text, Style style) {
        public static Cell of(String text) {
            return new Cell(text, Style.PLAIN);
        }

        private int width() {
            return text.codePointCount(0, text.length());
        }
    }

    public Table row(String... texts) {
        return row(Arrays.stream(texts).map(Cell::of).toList());
    }

    public Table row(List<Cell> cells) {
        rows.add(List.copyOf(cells));
        return this;
    }

    public void printTo(Terminal terminal) {
        lines(terminal).forEach(terminal::line);
    }

    /** Each row as {@code terminal} would show it, for a caller who puts other lines between. */
    public List<String> lines(Terminal terminal) {
        var lines = new ArrayList<String>(rows.size());
        int[] widths = widths();
        for (List<Cell> row : rows) {
            var line = new StringBuilder(indent);
            int last = lastFilled(row);
            for (int column = 0; column <= last; column++) {
                Cell cell = row.get(column);
                line.append(terminal.paint(cell.style, cell.text));
                if (column < last) {
                    line.repeat(' ', widths[column] - cell.width() + GAP);
                }
            }
            lines.add(line.toString());
        }
        return lines;
    }

    private int[] widths() {
        int columns = rows.stream().mapToInt(List::size).max().orElse(0);
        int[] widths = new int[columns];
        for (List<Cell> row : rows) {
            for (int column = 0; column < row.size(); column++) {
                widths[column] = Math.max(widths[column], row.get(column).width());
            }
        }
        return widths;
    }

    private static int lastFilled(List<Cell> row) {
        int last = row.size() - 1;
        while (last > 0 && row.get(last).text.isEmpty()) {
            last--;
        }
        return last;
    }
}
