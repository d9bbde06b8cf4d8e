package org.ringfence.cli.screen;

import java.util.List;
import java.util.stream.Collectors;
import org.ringfence.api.FenceTestReply;
import org.ringfence.api.FenceTestReply.Verdict;
import org.ringfence.cli.terminal.Style;
import org.ringfence.cli.terminal.Table;
import org.ringfence.cli.terminal.Table.Cell;
import org.ringfence.cli.terminal.Terminal;

/** What a test of fencing has found: each path with its steps, and what is broken once more at the end. */
public final class FenceTestScreen {
    private final Terminal terminal;

    public FenceTestScreen(Terminal terminal) {
        this.terminal = terminal;
    }

    public void show(FenceTestReply test) {
        for (FenceTestReply.Path path : test.paths()) {
            terminal.line(terminal.paint(Style.STRONG, path.target() + "") + " with " + path.device() + " from "
                    + path.executor() + ": "
                    + (path.isProven()
                            ? terminal.paint(Style.GOOD, "can be fenced")
                            : terminal.paint(Style.BAD, "COULD NOT BE FENCED")));
            var table = new Table(2);
            path.steps()
                    .forEach(step -> table.row(List.of(
                            Cell.of(step.what()),
                            new Cell(word(step.verdict()), style(step.verdict())),
                            Cell.of(step.text().isEmpty() ? step.proves() : step.text()))));
            table.printTo(terminal);
        }
        List<FenceTestReply.Path> broken =
                test.paths().stream().filter(path -> !path.isProven()).toList();
        terminal.line("");
        terminal.line(test.paths().size() + " paths, " + broken.size() + " broken");
        broken.forEach(path -> terminal.line(terminal.paint(
                Style.BAD,
                "  " + path.target() + " could not be fenced with " + path.device() + " from " + path.executor() + ": "
                        + why(path))));
        test.uncovered()
                .forEach(node ->
                        terminal.line(terminal.paint(Style.BAD, "  " + node + " is covered by no fence device")));
        terminal.flush();
    }

    private static String why(FenceTestReply.Path path) {
        return path.steps().stream()
                .filter(step -> step.verdict() == Verdict.FAILED)
                .map(step -> step.what() + ": " + step.text())
                .collect(Collectors.joining("; "));
    }

    private static String word(Verdict verdict) {
        return switch (verdict) {
            case PROVEN -> "proven";
            case FAILED -> "FAILED";
            case NOT_CONFIGURED -> "nothing to prove";
            case NOT_TRIED -> "not tried";
        };
    }

    private static Style style(Verdict verdict) {
        return switch (verdict) {
            case PROVEN -> Style.GOOD;
            case FAILED -> Style.BAD;
            case NOT_CONFIGURED, NOT_TRIED -> Style.FAINT;
        };
    }
}
