package org.ringfence.controller.history;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import org.ringfence.model.NodeId;

/**
 * One line of the timeline.
 *
 * @param when    by the clock of {@code node}
 * @param node    who saw it
 * @param subject the node or resource that it is about; may be empty
 * @param text    one line for a person
 * @param details for programs, by name
 */
public record HistoryEntry(
        Instant when, NodeId node, Kind kind, String subject, String text, SequencedMap<String, String> details) {
    public HistoryEntry {
        details = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(details));
    }

    /** What kinds of things happen. The names are part of the local API. */
    public enum Kind {
        NODE_STARTED,
        NODE_SLOW,
        FAULT_NOTICED,
        VIEW_AGREED,
        VIEW_READY,
        FENCE_ASKED,
        FENCE_ATTEMPTED,
        FENCE_FAILED,
        FENCE_CONFIRMED,
        TRANSITION_COMPUTED,
        TRANSITION_ENDED,
        ACTION_BEGUN,
        ACTION_ENDED,
        RESOURCE_FAILED,
        CONFIGURATION_CHANGED,
        REQUEST,
        INTERLOCK,
        DISK,
        PROBLEM
    }
}
