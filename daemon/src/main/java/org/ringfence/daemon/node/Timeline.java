package org.ringfence.daemon.node;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.ringfence.controller.history.HistoryEntry;

/** The last things that happened, as this node and its peers told them. Safe for use by many threads. */
public final class Timeline {
    private static final int KEPT = 5_000;
    private static final System.Logger LOG = System.getLogger("ringfence.timeline");

    private final Deque<HistoryEntry> entries = new ArrayDeque<>();
    private boolean forgot;

    /** What is kept, in the order of its times. */
    public record Kept(List<HistoryEntry> entries, boolean complete) {}

    synchronized void add(HistoryEntry entry) {
        entries.addLast(entry);
        if (entries.size() > KEPT) {
            entries.removeFirst();
            forgot = true;
        }
        LOG.log(
                level(entry.kind()),
                () -> entry.kind() + " " + entry.subject() + " " + entry.text() + " (" + entry.node() + ")");
    }

    public synchronized Kept kept() {
        List<HistoryEntry> sorted = new ArrayList<>(entries);
        sorted.sort((one, other) -> one.when().compareTo(other.when()));
        return new Kept(sorted, !forgot);
    }

    private static System.Logger.Level level(HistoryEntry.Kind kind) {
        return switch (kind) {
            case INTERLOCK -> System.Logger.Level.ERROR;
            case FAULT_NOTICED,
                    FENCE_ASKED,
                    FENCE_ATTEMPTED,
                    FENCE_FAILED,
                    FENCE_CONFIRMED,
                    RESOURCE_FAILED,
                    DISK,
                    PROBLEM -> System.Logger.Level.WARNING;
            case NODE_STARTED,
                    NODE_SLOW,
                    VIEW_AGREED,
                    VIEW_READY,
                    TRANSITION_COMPUTED,
                    TRANSITION_ENDED,
                    ACTION_BEGUN,
                    ACTION_ENDED,
                    CONFIGURATION_CHANGED,
                    REQUEST -> System.Logger.Level.INFO;
        };
    }
}
