package org.ringfence.cli.foresee;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.ringfence.api.json.RecordJson;
import org.ringfence.cli.terminal.Style;
import org.ringfence.cli.terminal.Table;
import org.ringfence.cli.terminal.Table.Cell;
import org.ringfence.cli.terminal.Terminal;
import org.ringfence.controller.foresee.Consequence;

/** What failures would mean, as a table. */
final class WhatIfScreen {
    private static final RecordJson<Answer> JSON = RecordJson.of(Answer.class).build();

    private final Terminal terminal;
    private final List<Consequence> consequences;
    private final int tried;

    /** @param tried how many were looked at, shown or not */
    WhatIfScreen(Terminal terminal, List<Consequence> consequences, int tried) {
        this.terminal = terminal;
        this.consequences = consequences;
        this.tried = tried;
    }

    /** For programs. */
    record Answer(int tried, int gaps, List<Consequence> failures) {}

    void json() {
        var answer = new Answer(tried, gaps(), consequences);
        terminal.line(new String(JSON.write(answer), StandardCharsets.UTF_8));
        terminal.flush();
    }

    void show() {
        if (!consequences.isEmpty()) {
            var table = new Table(0);
            table.row(List.of(
                    new Cell("if this fails", Style.FAINT),
                    new Cell("back after", Style.FAINT),
                    new Cell("what happens", Style.FAINT)));
            consequences.forEach(one -> table.row(List.of(
                    new Cell(one.failure().toString(), one.isGap() ? Style.BAD : Style.PLAIN),
                    Cell.of(time(one)),
                    Cell.of(text(one)))));
            table.printTo(terminal);
            terminal.line("");
        }
        terminal.line(tried + " failures tried, one at a time: "
                + (gaps() == 0
                        ? terminal.paint(Style.GOOD, "the cluster deals with each")
                        : terminal.paint(Style.BAD, gaps() + " of them it could not deal with by itself")));
        terminal.flush();
    }

    private int gaps() {
        return (int) consequences.stream().filter(Consequence::isGap).count();
    }

    /** What counts operations that were never measured begins with a tilde. */
    private static String time(Consequence one) {
        Optional<Duration> takes = one.takes();
        return takes.map(span -> (one.guessed() ? "~" : "") + Math.max(1, (span.toMillis() + 500) / 1000) + " s")
                .orElse("-");
    }

    private static String text(Consequence one) {
        List<String> parts = new ArrayList<>();
        if (!one.lost().isEmpty()) {
            parts.add("DOES NOT COME BACK: " + String.join(", ", one.lost()));
        }
        parts.addAll(one.gaps());
        parts.addAll(one.happens());
        return parts.isEmpty() ? "nothing" : String.join("; ", parts);
    }
}
