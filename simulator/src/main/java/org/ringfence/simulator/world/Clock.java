package org.ringfence.simulator.world;

import java.time.Duration;
import java.util.Comparator;
import java.util.PriorityQueue;

/**
 * Simulated time, and all that is going to happen. What is planned for the same moment happens in the order of planning.
 */
public final class Clock {
    private static final Comparator<Plan> ORDER =
            Comparator.comparingLong((Plan plan) -> plan.at).thenComparingLong(plan -> plan.order);

    private final PriorityQueue<Plan> plans = new PriorityQueue<>(ORDER);
    private long now;
    private long planned;

    /** Something that is going to happen, unless it is cancelled. */
    public static final class Plan {
        private final long at;
        private final long order;
        private final Runnable what;
        private boolean cancelled;

        private Plan(long at, long order, Runnable what) {
            this.at = at;
            this.order = order;
            this.what = what;
        }

        public void cancel() {
            cancelled = true;
        }
    }

    /** Nanoseconds since the simulation began. */
    public long nanos() {
        return now;
    }

    public Duration now() {
        return Duration.ofNanos(now);
    }

    public Plan after(Duration delay, Runnable what) {
        return atNanos(now + Math.max(0, delay.toNanos()), what);
    }

    Plan atNanos(long at, Runnable what) {
        var plan = new Plan(Math.max(now, at), planned++, what);
        plans.add(plan);
        return plan;
    }

    /** Lets everything happen that is due up to {@code end}; time then stands at {@code end}. */
    public void runUntil(Duration end) {
        long last = end.toNanos();
        while (!plans.isEmpty() && plans.peek().at <= last) {
            Plan next = plans.remove();
            if (!next.cancelled) {
                now = next.at;
                next.what.run();
            }
        }
        now = Math.max(now, last);
    }
}
