package org.ringfence.cli.screen;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.ringfence.api.json.RecordJson;
import org.ringfence.cli.terminal.Style;
import org.ringfence.cli.terminal.Terminal;
import org.ringfence.language.Difference;

/** What differs between two configurations. */
public record DifferenceScreen(Terminal terminal, boolean json) {
    private static final RecordJson<Differences> JSON =
            RecordJson.of(Differences.class).build();

    /** As one line of JSON. */
    record Differences(List<Difference> differences) {}

    public void show(List<Difference> differences) {
        if (json) {
            terminal.line(new String(JSON.write(new Differences(differences)), StandardCharsets.UTF_8));
        } else if (differences.isEmpty()) {
            terminal.line("There is no difference.");
        } else {
            differences.forEach(this::show);
        }
        terminal.flush();
    }

    private void show(Difference difference) {
        if (difference.change() == Difference.Change.MOVED) {
            terminal.line("  # " + difference.element() + " stands elsewhere");
        }
        for (String line : difference.lines()) {
            Style style = line.startsWith("+") ? Style.GOOD : line.startsWith("-") ? Style.BAD : Style.PLAIN;
            terminal.line(terminal.paint(style, line));
        }
    }
}
