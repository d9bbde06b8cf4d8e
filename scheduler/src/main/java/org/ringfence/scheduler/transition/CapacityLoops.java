package org.ringfence.scheduler.transition;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.ringfence.scheduler.action.Action;
import org.ringfence.scheduler.action.Ordering;

/**
 * Resources that change places may each wait for the capacity that another one still takes. Then some do not wait, the last
 * ones first: for a while their node carries more than it should, which is better than nothing moving at all.
 */
final class CapacityLoops {
    private final Predicate<Ordering> counts;

    /** @param counts whether an ordering is one of the transition */
    CapacityLoops(Predicate<Ordering> counts) {
        this.counts = counts;
    }

    void open(List<Action> actions) {
        for (Action action : actions.reversed()) {
            for (Ordering ordering : action.before) {
                if (ordering.has(Ordering.LOAD) && counts.test(ordering) && waitsFor(ordering.first, action)) {
                    ordering.dropped = true;
                }
            }
        }
    }

    private boolean waitsFor(Action waiting, Action other) {
        Set<Action> seen = new HashSet<>();
        Deque<Action> queue = new ArrayDeque<>();
        queue.add(waiting);
        while (!queue.isEmpty()) {
            Action action = queue.poll();
            if (action == other) {
                return true;
            }
            for (Ordering ordering : action.before) {
                if (counts.test(ordering) && seen.add(ordering.first)) {
                    queue.add(ordering.first);
                }
            }
        }
        return false;
    }
}
