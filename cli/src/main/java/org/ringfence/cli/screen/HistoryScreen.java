package org.ringfence.cli.screen;

import java.time.Duration;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import org.ringfence.api.HistoryReply;
import org.ringfence.api.history.HistoryEntry;
import org.ringfence.api.history.HistoryKind;
import org.ringfence.cli.terminal.Style;
import org.ringfence.cli.terminal.Table;
import org.ringfence.cli.terminal.Table.Cell;
import org.ringfence.cli.terminal.Terminal;

/** What happened, a line each, to the millisecond: the order of causes is what it is read for. */
public final class HistoryScreen {
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("yyyy-MM-dd", Locale.ROOT);
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss.SSS", Locale.ROOT);

    private static final Duration WORTH_SAYING = Duration.ofMillis(50);

    private final Terminal terminal;
    private final Moments moments;

    public HistoryScreen(Terminal terminal, Moments moments) {
        this.terminal = terminal;
        this.moments = moments;
    }

    public void show(HistoryReply history) {
        if (!history.complete()) {
            terminal.line("(what happened before is not kept any more)");
        }
        if (history.entries().isEmpty()) {
            terminal.line("Nothing happened in that time.");
        }
        String day = "";
        var table = new Table(0);
        for (HistoryEntry entry : history.entries()) {
            LocalDateTime at = moments.local(entry.at());
            if (!at.format(DAY).equals(day)) {
                day = at.format(DAY);
                table.row(List.of(new Cell(day, Style.STRONG)));
            }
            table.row(List.of(
                    new Cell(at.format(TIME), Style.FAINT),
                    Cell.of(entry.node().name()),
                    new Cell(word(entry.kind()), style(entry.kind())),
                    Cell.of(said(entry))));
        }
        table.printTo(terminal);
        terminal.flush();
    }

    /** The incidents, a line each, and which clocks are off. */
    public void list(HistoryReply history) {
        if (history.incidents().isEmpty()) {
            terminal.line("Nothing went wrong in that time.");
        }
        var table = new Table(0);
        for (HistoryReply.Incident incident : history.incidents()) {
            String lasted = incident.ended()
                    .map(ended -> Duration.between(incident.begun(), ended).toMillis() / 1000.0 + " s")
                    .orElse("goes on");
            table.row(List.of(
                    new Cell(incident.id(), Style.STRONG),
                    new Cell(lasted, incident.ended().isPresent() ? Style.PLAIN : Style.BAD),
                    Cell.of(incident.entries() + " entries"),
                    Cell.of(incident.cause())));
        }
        table.printTo(terminal);
        history.clocks().forEach((node, ahead) -> {
            if (ahead.abs().compareTo(WORTH_SAYING) > 0) {
                terminal.line("The clock of " + node + " is " + ahead.abs().toMillis() + " ms "
                        + (ahead.isNegative() ? "behind" : "ahead of") + " the DC's; times are by the DC's.");
            }
        });
        terminal.flush();
    }

    /** With what it is about, where the text does not say that. A transition's number is for programs. */
    private static String said(HistoryEntry entry) {
        boolean clear = entry.subject().isEmpty()
                || entry.text().contains(entry.subject())
                || entry.kind().name().startsWith("TRANSITION");
        return clear ? entry.text() : entry.subject() + ": " + entry.text();
    }

    private static String word(HistoryKind kind) {
        return kind.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private static Style style(HistoryKind kind) {
        return switch (kind) {
            case NODE_LOST, QUORUM_LOST, FENCE_ASKED, FENCE_FAILED, RESOURCE_FAILED, INTERLOCK_ENGAGED, PROBLEM ->
                Style.BAD;
            case NODE_SLOW, NODE_LEFT, FENCE_BEGUN, TRANSITION_ABORTED, DAEMON_STOPPED -> Style.WARNING;
            case FENCE_CONFIRMED, QUORUM_GAINED, TRANSITION_COMPLETE, INTERLOCK_RELEASED, NODE_JOINED -> Style.GOOD;
            case DAEMON_STARTED,
                    NODE_PROMPT,
                    NODE_REACHABLE,
                    VIEW_AGREED,
                    DC_ELECTED,
                    FENCE_PROVEN,
                    TRANSITION_COMPUTED,
                    ACTION_BEGUN,
                    ACTION_ENDED,
                    CONFIGURATION_CHANGED,
                    ASKED,
                    ATTRIBUTE_CHANGED,
                    OTHER -> Style.PLAIN;
        };
    }
}
