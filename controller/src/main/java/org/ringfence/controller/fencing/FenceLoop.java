package org.ringfence.controller.fencing;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.ringfence.controller.facts.Fact;
import org.ringfence.controller.facts.FactsState;
import org.ringfence.model.NodeId;
import org.ringfence.model.cib.Cib;
import org.ringfence.model.value.TimeSpan;

/**
 * A node that is fenced, boots, joins and is fenced again. After {@code fencing-loop-limit} times within {@code
 * fencing-loop-window} it is left off, and when it comes back all the same it runs nothing until somebody has let it in, or
 * the window has passed. A fencing that somebody asked for by hand does not count.
 */
public final class FenceLoop {
    private static final int LIMIT = 3;
    private static final Duration WINDOW = Duration.ofMinutes(30);

    private FenceLoop() {}

    /** Zero for as often as it may be. */
    public static int limit(Cib cib) {
        return cib.property("fencing-loop-limit")
                .map(text -> {
                    try {
                        return Math.max(0, Integer.parseInt(text.strip()));
                    } catch (NumberFormatException notANumber) {
                        return LIMIT;
                    }
                })
                .orElse(LIMIT);
    }

    public static Duration window(Cib cib) {
        return cib.property("fencing-loop-window")
                .map(text -> Duration.ofMillis(TimeSpan.parseMillis(text, WINDOW.toMillis())))
                .filter(Duration::isPositive)
                .orElse(WINDOW);
    }

    /** Whether a fencing now, in addition to those that have been, is one too many to let the node come back. */
    public static boolean isOneTooMany(FactsState facts, Cib cib, NodeId node, Instant now) {
        int limit = limit(cib);
        return limit > 0 && FencingLog.times(facts, node.name(), now.minus(window(cib))) + 1 >= limit;
    }

    /** Since when a node is kept from running anything; empty when it is not. */
    public static Optional<Instant> heldSince(FactsState facts, Cib cib, String node, Instant now) {
        return facts.value(Fact.Kind.FENCING_LOOP, node, "")
                .flatMap(FenceLoop::instant)
                .filter(since -> limit(cib) > 0 && now.isBefore(since.plus(window(cib))));
    }

    private static Optional<Instant> instant(String value) {
        try {
            return Optional.of(Instant.parse(value.split(" ", 2)[0]));
        } catch (DateTimeException notADate) {
            return Optional.empty();
        }
    }
}
