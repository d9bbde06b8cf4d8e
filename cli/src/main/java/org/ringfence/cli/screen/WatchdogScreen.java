package org.ringfence.cli.screen;

import java.util.List;
import java.util.Optional;
import org.ringfence.cli.terminal.Table;
import org.ringfence.cli.terminal.Terminal;
import org.ringfence.guard.probe.BiteRecord;
import org.ringfence.guard.probe.Finding;
import org.ringfence.guard.probe.Finding.Answers;
import org.ringfence.guard.probe.Finding.Beyond;
import org.ringfence.model.watchdog.WatchdogRange;

/** Watchdogs as a person reads of them. */
public final class WatchdogScreen {
    private static final int INDENT = 2;

    private final Terminal terminal;

    public WatchdogScreen(Terminal terminal) {
        this.terminal = terminal;
    }

    /** @param boot the host's current boot */
    public void show(List<Finding> findings, Optional<BiteRecord> bite, String boot) {
        if (findings.isEmpty()) {
            terminal.line(
                    "This host has no watchdog. 'modprobe softdog' gives it the kernel's own, which does nothing when"
                            + " the kernel itself hangs.");
        }
        findings.forEach(this::show);
        bite.ifPresent(record -> terminal.line(line(record, boot)));
    }

    private void show(Finding finding) {
        String name = finding.identity().orElse("(it does not name itself)");
        terminal.line(finding.device() + "  " + name
                + finding.driver().map(driver -> " (" + driver + ")").orElse(""));
        Table table = new Table(INDENT);
        table.row("kind", finding.quality().meaning());
        finding.answers()
                .ifPresentOrElse(
                        answers -> answered(table, answers),
                        () -> finding.declared()
                                .ifPresent(range -> table.row(
                                        "declares",
                                        span(range) + "; whether that is true is found out with -d "
                                                + finding.device())));
        if (finding.nowayout().orElse(false)) {
            table.row("nowayout", "set: once it is open nothing disarms it, and it must be fed for good");
        }
        if (!finding.heldBy().isEmpty()) {
            table.row("held by", String.join(", ", finding.heldBy()));
        } else if (finding.armedBefore().orElse(false)) {
            table.row("armed", "it was running already although no process had it open: something left it so");
        }
        if (finding.bitLast().orElse(false)) {
            table.row("last boot", "was this watchdog's doing, says the driver");
        }
        table.printTo(terminal);
    }

    private static void answered(Table table, Answers answers) {
        answers.range()
                .ifPresentOrElse(
                        range -> {
                            table.row("takes", span(range) + spacing(answers));
                            table.row("less", range.min() == 1 ? "nothing is less than 1 s" : does(answers.below()));
                            table.row("more", does(answers.above()));
                        },
                        () -> table.row(
                                "takes",
                                "no timeout: it has "
                                        + answers.timeout()
                                                .map(fixed -> fixed + " s")
                                                .orElse("one that it does not name")
                                        + " for good"));
        if (answers.alarmOnly()) {
            table.row("alarm", "it raises an alarm and resets nothing: OF NO USE for fencing");
        }
        table.row(
                "closing",
                switch (answers.closing()) {
                    case DISARMS -> "disarms it";
                    case STAYS_ARMED -> "DOES NOT disarm it: once open it must be fed for good";
                    case UNKNOWN -> "this kernel does not say whether it disarms";
                });
        table.row(
                "killed",
                answers.magicClose()
                        ? "a killed process leaves it armed, as it should be"
                        : "a killed process DISARMS it: a killed guard would not end this host");
        table.row(
                "pretimeout",
                answers.pretimeout().map(seconds -> seconds + " s").orElse("it has none"));
        table.row("time left", answers.timeLeft() ? "it says" : "it does not say");
        table.row("asked", answers.questions() + " timeouts");
    }

    private static String span(WatchdogRange range) {
        return range.min() == range.max() ? range.min() + " s" : range.min() + " to " + range.max() + " s";
    }

    private static String spacing(Answers answers) {
        return switch (answers.spacing()) {
            case EACH -> "";
            case EVEN ->
                ", every " + answers.range().map(WatchdogRange::step).orElse(1) + " s; of others it "
                        + does(answers.between());
            case UNEVEN -> ", by no rule that was found; of others it " + does(answers.between());
        };
    }

    private static String does(Beyond beyond) {
        return switch (beyond) {
            case REFUSES -> "refuses, and keeps what it had";
            case CHANGES -> "takes another, and says so";
            case CHANGES_SILENTLY -> "takes another SILENTLY: it answers as if it had taken what was asked";
            case NONE -> "takes all that could be asked";
        };
    }

    private static String line(BiteRecord record, String boot) {
        String what = record.device() + " (" + record.identity() + "), timeout " + record.timeout() + " s, fed last at "
                + record.fedAt();
        if (record.survived()) {
            return "It did NOT bite: " + what + "; this host was alive " + seconds(record) + " s later.";
        }
        return record.bit(boot)
                ? "It bit: " + what + "; this host's last sign of life was " + seconds(record) + " s later."
                : "Let loose in this very boot: " + what + "; alive " + seconds(record) + " s later.";
    }

    private static String seconds(BiteRecord record) {
        return "%.1f".formatted(record.aliveMs() / 1_000.0);
    }
}
