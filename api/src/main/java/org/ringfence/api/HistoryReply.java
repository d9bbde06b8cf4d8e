package org.ringfence.api;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import org.ringfence.api.history.HistoryEntry;
import org.ringfence.model.NodeId;

/**
 * What happened.
 *
 * @param entries   oldest first, by the DC's clock
 * @param complete  whether all that was asked for is there; false when older entries are not kept any more
 * @param incidents those that begin or go on in the time that was asked for, oldest first
 * @param clocks    how far each node's clock is ahead of the DC's, as far as it is known; entries carry their times by the DC's clock
 */
public record HistoryReply(
        List<HistoryEntry> entries, boolean complete, List<Incident> incidents, SequencedMap<NodeId, Duration> clocks)
        implements Reply.Outcome {
    public HistoryReply {
        entries = List.copyOf(entries);
        incidents = List.copyOf(incidents);
        clocks = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(clocks));
    }

    /** Without anything that went wrong. */
    public HistoryReply(List<HistoryEntry> entries, boolean complete) {
        this(entries, complete, List.of(), new LinkedHashMap<>());
    }

    /**
     * Something that went wrong, with what came of it.
     *
     * @param cause   one line
     * @param ended   when nothing was left to do about it; empty while there is
     * @param entries how many entries belong to it
     */
    public record Incident(String id, Instant begun, Optional<Instant> ended, String cause, int entries) {}
}
