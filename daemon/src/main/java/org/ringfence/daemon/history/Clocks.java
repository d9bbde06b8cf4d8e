package org.ringfence.daemon.history;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.SortedMap;
import java.util.TreeMap;
import org.ringfence.model.NodeId;

/**
 * How far the clocks of other nodes are ahead of this one's. Whatever a node tells arrives after it was said: the difference of its
 * time and that of its arrival is the clock's lead less the way, and the greatest of the last ones is the nearest to the lead.
 * What arrives before it was said is proof of a lead. What arrives late may have been held up, so only a clock that is clearly behind, by all
 * of many, counts as being behind. Not safe for several threads.
 */
public final class Clocks {
    private static final int SAMPLES = 64;
    private static final int SAMPLES_TO_BE_BEHIND = 16;
    private static final Duration AHEAD = Duration.ofMillis(5);
    private static final Duration BEHIND = Duration.ofMillis(-100);

    private final SortedMap<NodeId, Deque<Duration>> samples = new TreeMap<>();

    public void told(NodeId node, Instant said, Instant arrived) {
        Deque<Duration> of = samples.computeIfAbsent(node, _ -> new ArrayDeque<>());
        of.addLast(Duration.between(arrived, said));
        if (of.size() > SAMPLES) {
            of.removeFirst();
        }
    }

    /** Zero for a node that has told nothing, and for a clock that may be right. */
    public Duration ahead(NodeId node) {
        Deque<Duration> of = samples.get(node);
        if (of == null) {
            return Duration.ZERO;
        }
        Duration lead = Collections.max(of);
        boolean behind = of.size() >= SAMPLES_TO_BE_BEHIND && lead.compareTo(BEHIND) < 0;
        return behind || lead.compareTo(AHEAD) > 0 ? lead : Duration.ZERO;
    }

    public SortedMap<NodeId, Duration> all() {
        var all = new TreeMap<NodeId, Duration>();
        samples.keySet().forEach(node -> all.put(node, ahead(node)));
        return all;
    }
}
