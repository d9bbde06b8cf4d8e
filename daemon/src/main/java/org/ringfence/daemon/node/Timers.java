package org.ringfence.daemon.node;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import org.ringfence.controller.Timer;

/** The timers of the loop, by the monotonic clock. Used by the loop's thread alone. */
final class Timers {
    private record Deadline(long nanos, long order, Timer timer) implements Comparable<Deadline> {
        @Override
        public int compareTo(Deadline other) {
            int byTime = Long.compare(nanos, other.nanos);
            return byTime != 0 ? byTime : Long.compare(order, other.order);
        }
    }

    private final PriorityQueue<Deadline> queue = new PriorityQueue<>();
    private final Map<Timer, Deadline> running = new HashMap<>();
    private long started;

    void start(Timer timer, Duration after, long now) {
        stop(timer);
        var deadline = new Deadline(now + after.toNanos(), started++, timer);
        running.put(timer, deadline);
        queue.add(deadline);
    }

    void stop(Timer timer) {
        Deadline old = running.remove(timer);
        if (old != null) {
            queue.remove(old);
        }
    }

    /** Nanoseconds until the next one is due; zero or less when one is due already. */
    long untilNext(long now, long atMost) {
        Deadline first = queue.peek();
        return first == null ? atMost : Math.min(atMost, first.nanos() - now);
    }

    /** Takes one that is due. */
    Optional<Timer> due(long now) {
        Deadline first = queue.peek();
        if (first == null || first.nanos() > now) {
            return Optional.empty();
        }
        queue.remove();
        running.remove(first.timer());
        return Optional.of(first.timer());
    }
}
