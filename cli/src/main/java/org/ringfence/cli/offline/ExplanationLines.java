package org.ringfence.cli.offline;

import java.util.List;
import java.util.Locale;
import org.ringfence.cli.terminal.Style;
import org.ringfence.cli.terminal.Table;
import org.ringfence.cli.terminal.Table.Cell;
import org.ringfence.cli.terminal.Terminal;
import org.ringfence.model.value.Score;
import org.ringfence.scheduler.reason.Cause;
import org.ringfence.scheduler.reason.Explanation;
import org.ringfence.scheduler.reason.Explanation.NodeScore;
import org.ringfence.scheduler.reason.Explanation.Step;
import org.ringfence.scheduler.reason.Source;
import org.ringfence.scheduler.reason.Term;

/** Why a resource is going to be what and where it is, for people. */
final class ExplanationLines {
    private final Terminal terminal;

    ExplanationLines(Terminal terminal) {
        this.terminal = terminal;
    }

    void show(Explanation explained) {
        terminal.line("");
        terminal.line(terminal.paint(Style.STRONG, explained.resource()) + " " + decision(explained));
        explained.because().forEach(cause -> terminal.line("  - " + cause.text() + source(cause)));
        scores(explained.scores());
        if (!explained.promotion().isEmpty()) {
            terminal.line("  score for being promoted "
                    + Score.text(explained.promotion().getLast().after()));
            terms(explained.promotion());
        }
        actions(explained.actions());
    }

    private static String decision(Explanation explained) {
        String on = String.join(" and ", explained.on());
        String to = explained.to().orElse("nowhere");
        return switch (explained.decision()) {
            case STARTS -> "starts on " + to;
            case STOPS -> "stops on " + on;
            case RESTARTS -> "is restarted on " + to;
            case MOVES -> "moves from " + on + " to " + to;
            case MIGRATES -> "migrates from " + on + " to " + to;
            case RELOADS -> "is reloaded on " + to;
            case PROMOTED -> "is promoted on " + to;
            case DEMOTED -> "is demoted on " + to;
            case STAYS -> "stays on " + on + ", " + explained.next().toLowerCase(Locale.ROOT);
            case STAYS_STOPPED -> "stays stopped";
            case BLOCKED ->
                "is left as it is, " + explained.now().toLowerCase(Locale.ROOT) + (on.isEmpty() ? "" : " on " + on);
        };
    }

    private static String source(Cause cause) {
        boolean said = cause.source().equals(Source.NONE)
                || cause.source().element().equals("resource")
                || cause.text().contains(cause.source().id());
        return said ? "" : " [" + cause.source() + "]";
    }

    private void scores(List<NodeScore> scores) {
        for (NodeScore score : scores) {
            terminal.line("  " + score.node() + "  "
                    + terminal.paint(
                            score.chosen() ? Style.GOOD : Style.PLAIN,
                            Score.text(score.score()) + (score.chosen() ? " *" : ""))
                    + score.unusable()
                            .map(cause -> "  " + terminal.paint(Style.WARNING, "not to be used: " + cause.text()))
                            .orElse(""));
            terms(score.terms());
        }
    }

    private void terms(List<Term> terms) {
        var table = new Table(6);
        for (Term term : terms) {
            table.row(signed(term.amount()), term.cause().text() + source(term.cause()));
        }
        table.printTo(terminal);
    }

    private static String signed(int amount) {
        return (amount > 0 ? "+" : "") + Score.text(amount);
    }

    private void actions(List<Step> actions) {
        var table = new Table(2);
        for (Step step : actions) {
            if (step.fate() != Explanation.Fate.NOT_NEEDED) {
                table.row(List.of(
                        Cell.of(step.key()),
                        Cell.of(step.node().orElse("nowhere")),
                        fate(step.fate()),
                        Cell.of(String.join(
                                " < ", step.because().stream().map(Cause::text).toList()))));
            }
        }
        table.printTo(terminal);
    }

    private static Cell fate(Explanation.Fate fate) {
        return switch (fate) {
            case DONE -> new Cell("is done", Style.GOOD);
            case IMPLIED -> new Cell("is implied", Style.PLAIN);
            case NOT_NEEDED -> new Cell("is not needed", Style.FAINT);
            case IMPOSSIBLE -> new Cell("cannot be done", Style.BAD);
        };
    }
}
