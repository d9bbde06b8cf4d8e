package org.ringfence.scheduler.reason;

import org.ringfence.model.value.Score;

/**
 * One of those that a score is the sum of.
 *
 * @param before the sum without it
 * @param after  the sum with it; INFINITY and its opposite swallow what is added to them
 */
public record Term(int before, int after, Cause cause) {
    /** What it adds; INFINITY or its opposite when that is what the sum became by it. */
    public int amount() {
        return Math.abs(after) >= Score.INFINITY ? after : after - before;
    }
}
