package org.ringfence.api;

import java.util.List;
import org.ringfence.api.history.HistoryEntry;

/**
 * What happened.
 *
 * @param entries  oldest first
 * @param complete whether all that was asked for is there; false when older entries are not kept any more
 */
public record HistoryReply(List<HistoryEntry> entries, boolean complete) implements Reply.Outcome {
    public HistoryReply {
        entries = List.copyOf(entries);
    }
}
