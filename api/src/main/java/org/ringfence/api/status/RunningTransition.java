package org.ringfence.api.status;

import java.time.Instant;
import java.util.List;

/**
 * A transition that is being carried out.
 *
 * @param cause    why it was computed, one line
 * @param done     actions that are complete
 * @param of       actions in all
 * @param inFlight what is being done now: {@code "start db on n2"}
 */
public record RunningTransition(long number, String cause, Instant started, int done, int of, List<String> inFlight) {
    public RunningTransition {
        inFlight = List.copyOf(inFlight);
    }
}
