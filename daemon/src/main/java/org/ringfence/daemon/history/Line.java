package org.ringfence.daemon.history;

import java.time.Duration;
import java.time.Instant;
import org.ringfence.controller.history.HistoryEntry;

/**
 * One thing that happened, as this node keeps it.
 *
 * @param ahead how far the clock of the entry's node was ahead of this node's when it was told; negative when it was behind
 */
public record Line(HistoryEntry entry, Duration ahead) {

    /** When it happened, by this node's clock. */
    public Instant when() {
        return entry.when().minus(ahead);
    }
}
