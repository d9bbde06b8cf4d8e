package org.ringfence.api.history;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;
import org.ringfence.model.NodeId;

/**
 * One thing that happened.
 *
 * @param at       to the microsecond, by the DC's clock; see {@link org.ringfence.api.HistoryReply#clocks}
 * @param node     who saw or did it
 * @param subject  what it happened to: a node's name, a resource's id, a device's id; empty for the cluster itself
 * @param text     one line for people
 * @param incident the incident that it belongs to; empty when all was well
 * @param details  what the kind says it has, by name
 */
public record HistoryEntry(
        Instant at,
        NodeId node,
        HistoryKind kind,
        String subject,
        String text,
        Optional<String> incident,
        SequencedMap<String, String> details) {
    public HistoryEntry {
        details = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(details));
    }
}
