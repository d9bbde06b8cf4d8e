package org.ringfence.daemon.history;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.ringfence.controller.history.HistoryEntry;

/**
 * Something went wrong, and what came of it.
 *
 * @param id    {@code 20261127-061503-n3}: when it began, to the second in UTC, and what it began with
 * @param cause the first thing that went wrong
 * @param lines all that belongs to it, from what announced it to the end of its effects, in the order of one clock
 * @param ended when nothing was left to do about it; empty while there is
 */
public record Incident(String id, HistoryEntry cause, List<Line> lines, Optional<Instant> ended) {
    public Incident {
        lines = List.copyOf(lines);
    }

    public Instant begun() {
        return lines.getFirst().when();
    }
}
