package org.ringfence.guard.board;

import java.util.concurrent.TimeUnit;

/**
 * The longest of what was measured lately: within the last five to ten minutes. One thread measures, any asks; nothing here
 * waits or allocates. Times are nanoseconds of one monotonic clock.
 */
public final class Slowest {
    private static final long PLACE = TimeUnit.MINUTES.toNanos(5);

    private volatile long present;
    private volatile long former;
    private long since;

    /** @param now when this object is made */
    public Slowest(long now) {
        since = now;
    }

    /** Something has taken so long until {@code now}. */
    public void add(long now, long took) {
        if (now - since >= PLACE) {
            former = now - since >= 2 * PLACE ? 0 : present;
            present = 0;
            since = now;
        }
        present = Math.max(present, took);
    }

    /** Zero when nothing was measured. */
    public long nanos() {
        return Math.max(present, former);
    }
}
