package org.ringfence.cli.foresee;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TimeZone;
import org.ringfence.api.HistoryReply;
import org.ringfence.api.Reply;
import org.ringfence.api.history.HistoryEntry;
import org.ringfence.api.history.HistoryKind;
import org.ringfence.api.json.RecordJson;
import org.ringfence.cli.screen.HistoryScreen;
import org.ringfence.cli.screen.Moments;
import org.ringfence.cli.terminal.Style;
import org.ringfence.cli.terminal.Terminal;

/**
 * What had happened to a resource, or a node, by some time.
 *
 * @param events        the last ones, oldest first, with what concerns all beside them: nodes lost, views, fencing
 * @param configuration that was in force, as far back as it is kept
 * @param complete      whether the node's history reaches back that far
 */
record Past(
        String subject,
        Instant until,
        List<HistoryEntry> events,
        Optional<Reply.KeptConfiguration> configuration,
        boolean complete) {
    private static final RecordJson<Past> JSON = RecordJson.of(Past.class).build();
    private static final int SHOWN = 20;

    static Past of(String subject, Instant until, HistoryReply history, Reply.KeptConfigurations configurations) {
        List<HistoryEntry> before = history.entries().stream()
                .filter(entry -> !entry.at().isAfter(until) && concerns(entry, subject))
                .toList();
        List<HistoryEntry> last = before.subList(Math.max(0, before.size() - SHOWN), before.size());
        boolean reaches = history.complete()
                || (!history.entries().isEmpty()
                        && history.entries().getFirst().at().isBefore(until));
        return new Past(
                subject,
                until,
                last,
                configurations.newestFirst().stream()
                        .filter(kept -> !kept.change().when().isAfter(until))
                        .findFirst(),
                reaches);
    }

    private static boolean concerns(HistoryEntry entry, String subject) {
        if (entry.subject().equals(subject) || entry.subject().startsWith(subject + ":")) {
            return true;
        }
        return switch (entry.kind()) {
            case NODE_LOST,
                    NODE_LEFT,
                    NODE_JOINED,
                    QUORUM_GAINED,
                    QUORUM_LOST,
                    FENCE_ASKED,
                    FENCE_CONFIRMED,
                    FENCE_FAILED,
                    CONFIGURATION_CHANGED,
                    INTERLOCK_ENGAGED,
                    INTERLOCK_RELEASED -> true;
            default -> false;
        };
    }

    boolean isKnown() {
        return complete;
    }

    void json(Terminal terminal) {
        terminal.line(new String(JSON.write(this), StandardCharsets.UTF_8));
        terminal.flush();
    }

    void show(Terminal terminal, TimeZone zone) {
        var moments = new Moments(until, zone);
        if (!complete) {
            terminal.complain("this node's history does not reach back to " + until + "; ask another node");
            return;
        }
        Optional<HistoryEntry> last = events.reversed().stream()
                .filter(entry -> entry.subject().equals(subject) && isOutcome(entry.kind()))
                .findFirst();
        terminal.line(terminal.paint(Style.STRONG, subject) + " at " + moments.at(until) + ": "
                + last.map(HistoryEntry::text).orElse("nothing had happened to it that this node knows of"));
        configuration.ifPresent(kept -> terminal.line("configuration " + kept.number() + " (" + kept.version()
                + ") was in force, since " + moments.at(kept.change().when()) + ", by "
                + kept.change().who()
                + reason(kept.change().reason())));
        terminal.line("");
        new HistoryScreen(terminal, moments).show(new HistoryReply(events, true));
    }

    private static String reason(String text) {
        return text.isEmpty() ? "" : ": " + text;
    }

    private static boolean isOutcome(HistoryKind kind) {
        return kind == HistoryKind.ACTION_ENDED || kind == HistoryKind.RESOURCE_FAILED;
    }
}
