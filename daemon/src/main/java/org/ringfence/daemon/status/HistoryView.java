package org.ringfence.daemon.status;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.ringfence.api.HistoryReply;
import org.ringfence.api.history.HistoryEntry;
import org.ringfence.api.history.HistoryKind;
import org.ringfence.daemon.node.Timeline;

/** The timeline in the words of the local API. */
final class HistoryView {
    private HistoryView() {}

    static HistoryReply of(Timeline timeline, Optional<Instant> since) {
        Timeline.Kept kept = timeline.kept();
        List<HistoryEntry> entries = kept.entries().stream()
                .filter(entry -> since.isEmpty() || !entry.when().isBefore(since.get()))
                .map(entry -> new HistoryEntry(
                        entry.when(),
                        entry.node(),
                        kind(entry),
                        entry.subject(),
                        entry.text(),
                        Optional.empty(),
                        entry.details()))
                .toList();
        return new HistoryReply(entries, kept.complete());
    }

    private static HistoryKind kind(org.ringfence.controller.history.HistoryEntry entry) {
        return switch (entry.kind()) {
            case NODE_STARTED -> HistoryKind.DAEMON_STARTED;
            case NODE_SLOW -> entry.text().contains("late") ? HistoryKind.NODE_SLOW : HistoryKind.NODE_PROMPT;
            case FAULT_NOTICED ->
                "LEFT".equals(entry.details().get("silence")) ? HistoryKind.NODE_LEFT : HistoryKind.NODE_LOST;
            case VIEW_AGREED -> HistoryKind.VIEW_AGREED;
            case VIEW_READY -> HistoryKind.DC_ELECTED;
            case FENCE_ASKED -> HistoryKind.FENCE_ASKED;
            case FENCE_ATTEMPTED -> HistoryKind.FENCE_BEGUN;
            case FENCE_FAILED -> HistoryKind.FENCE_FAILED;
            case FENCE_CONFIRMED -> HistoryKind.FENCE_CONFIRMED;
            case TRANSITION_COMPUTED -> HistoryKind.TRANSITION_COMPUTED;
            case TRANSITION_ENDED ->
                "true".equals(entry.details().get("complete"))
                        ? HistoryKind.TRANSITION_COMPLETE
                        : HistoryKind.TRANSITION_ABORTED;
            case ACTION_BEGUN -> HistoryKind.ACTION_BEGUN;
            case ACTION_ENDED -> HistoryKind.ACTION_ENDED;
            case RESOURCE_FAILED -> HistoryKind.RESOURCE_FAILED;
            case CONFIGURATION_CHANGED -> HistoryKind.CONFIGURATION_CHANGED;
            case REQUEST -> HistoryKind.ASKED;
            case INTERLOCK -> HistoryKind.INTERLOCK_ENGAGED;
            case DISK, PROBLEM -> HistoryKind.PROBLEM;
        };
    }
}
