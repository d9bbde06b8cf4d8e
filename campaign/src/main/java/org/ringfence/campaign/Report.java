package org.ringfence.campaign;

import java.time.Duration;
import java.util.Locale;
import java.util.StringJoiner;
import org.ringfence.simulator.Outcome;
import org.ringfence.simulator.fault.FaultKind;

/** What a campaign has come to, as text or as one JSON object. */
final class Report {
    private Report() {}

    static String text(Tally tally, Duration took) {
        var text = new StringBuilder();
        for (FaultKind kind : FaultKind.values()) {
            text.append("%-22s %8d%n".formatted(kind, tally.faults().getOrDefault(kind, 0L)));
        }
        text.append("%.1f s, %.1f seeds per second, %.1f simulated hours, %d events, digest %s%n"
                .formatted(seconds(took), tally.runs() / seconds(took), hours(tally), tally.events(), tally.digest()));
        String violations = tally.violations() == 1 ? "1 violation" : tally.violations() + " violations";
        return text.append("%d seeds, %s".formatted(tally.runs(), violations)).toString();
    }

    static String json(CampaignOptions options, Tally tally, Duration took) {
        var faults = new StringJoiner(",", "{", "}");
        tally.faults().forEach((kind, times) -> faults.add("\"" + kind + "\":" + times));
        String violation = tally.first().map(Report::violation).orElse("null");
        return String.format(
                Locale.ROOT,
                "{\"from\":%d,\"seeds\":%d,\"violations\":%d,\"commit\":%s,\"plant\":%s,\"seconds\":%.1f,"
                    + "\"seeds_per_second\":%.1f,\"simulated_hours\":%.1f,\"events\":%d,\"digest\":%s,\"faults\":%s,\"violation\":%s}",
                options.from(),
                tally.runs(),
                tally.violations(),
                quoted(options.commit()),
                options.plant().map(Report::quoted).orElse("null"),
                seconds(took),
                tally.runs() / seconds(took),
                hours(tally),
                tally.events(),
                quoted(tally.digest()),
                faults,
                violation);
    }

    private static String violation(Outcome outcome) {
        Outcome.Violation violation = outcome.violation().orElseThrow();
        return "{\"seed\":%d,\"nodes\":%d,\"invariant\":%s,\"what\":%s,\"digest\":%s}"
                .formatted(
                        outcome.seed(),
                        outcome.nodes(),
                        quoted(violation.invariant()),
                        quoted(violation.what()),
                        quoted(outcome.digest()));
    }

    private static double seconds(Duration took) {
        return Math.max(1, took.toMillis()) / 1_000.0;
    }

    private static double hours(Tally tally) {
        return tally.simulated().toSeconds() / 3_600.0;
    }

    /** A JSON string (RFC 8259, section 7). */
    private static String quoted(String text) {
        var quoted = new StringBuilder("\"");
        for (int index = 0; index < text.length(); index++) {
            char c = text.charAt(index);
            if (c == '"' || c == '\\') {
                quoted.append('\\').append(c);
            } else if (c < ' ') {
                quoted.append("\\u%04x".formatted((int) c));
            } else {
                quoted.append(c);
            }
        }
        return quoted.append('"').toString();
    }
}
