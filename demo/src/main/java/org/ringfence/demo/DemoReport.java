package org.ringfence.demo;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.StringJoiner;
import org.ringfence.api.status.Interlock;
import org.ringfence.demo.timeline.Phase;
import org.ringfence.demo.timeline.Recovery;

/**
 * The outcome of one fail-over, for programs.
 *
 * @param rejoined from the end of the fault until the struck node was a member again; empty when it did not come back
 */
record DemoReport(
        DemoOptions options,
        boolean ownHosts,
        String victim,
        boolean victimWasDc,
        Recovery recovery,
        Optional<Duration> rejoined) {

    /** One object; {@code ms} of a phase counts from the fault, {@code took_ms} from the phase before. */
    String json() {
        var phases = new StringJoiner(",", "[", "]");
        for (Phase phase : recovery.phases()) {
            phases.add("{\"name\":%s,\"ms\":%d,\"took_ms\":%d,\"text\":%s}"
                    .formatted(
                            quoted(phase.name()),
                            recovery.after(phase).toMillis(),
                            recovery.took(phase).toMillis(),
                            quoted(phase.text())));
        }
        return ("{\"nodes\":%d,\"own_hosts\":%b,\"fencing\":%s,\"fault\":%s,\"victim\":%s,\"victim_was_dc\":%b,\"answered_by\":%s,"
            + "\"downtime_ms\":%d,\"rejoined_ms\":%s,\"phases\":%s}")
                .formatted(
                        options.nodes(),
                        ownHosts,
                        quoted(options.means().name().toLowerCase(Locale.ROOT)),
                        quoted(options.cut() ? "cut" : "kill"),
                        quoted(victim),
                        victimWasDc,
                        quoted(recovery.back().answer()),
                        recovery.downtime().toMillis(),
                        rejoined.map(took -> Long.toString(took.toMillis())).orElse("null"),
                        phases);
    }

    static String refusal(Interlock interlock) {
        var commands = new StringJoiner(",", "[", "]");
        List<String> all = interlock.commands();
        all.forEach(command -> commands.add(quoted(command)));
        return "{\"refused\":true,\"reason\":%s,\"commands\":%s}".formatted(quoted(interlock.reason()), commands);
    }

    /** A JSON string (RFC 8259, section 7). */
    static String quoted(String text) {
        var quoted = new StringBuilder("\"");
        for (int index = 0; index < text.length(); index++) {
            char c = text.charAt(index);
            switch (c) {
                case '"' -> quoted.append("\\\"");
                case '\\' -> quoted.append("\\\\");
                case '\n' -> quoted.append("\\n");
                default -> {
                    if (c < ' ') {
                        quoted.append("\\u%04x".formatted((int) c));
                    } else {
                        quoted.append(c);
                    }
                }
            }
        }
        return quoted.append('"').toString();
    }
}
