package org.ringfence.api.status;

import java.time.Instant;
import java.util.Optional;
import org.ringfence.model.NodeId;

/**
 * How often a resource failed on a node.
 *
 * @param failures  within the window of its failure timeout
 * @param threshold how many make it leave the node; empty when none does
 * @param clears    when the failures are forgotten by themselves; empty when never
 * @param last      the last failure, one line: {@code "monitor: not running"}
 */
public record FailCount(NodeId node, int failures, Optional<Integer> threshold, Optional<Instant> clears, String last) {

    /** So many stand for infinitely many: the failure of a stop, or of a start. */
    private static final int INFINITY = 1_000_000;

    /** {@code 2 of 3}; the instant at which it clears is left to whoever knows the reader's time zone. */
    @Override
    public String toString() {
        if (failures >= INFINITY) {
            return "for good";
        }
        return threshold.map(most -> failures + " of " + most).orElse(Integer.toString(failures));
    }
}
