package org.ringfence.scheduler.foresee;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.ringfence.model.graph.GraphAction;
import org.ringfence.model.graph.Synapse;
import org.ringfence.model.graph.TransitionGraph;

/** When each action of a transition begins and ends, from its beginning; what waits for nothing begins together. */
final class Timetable {
    private final Makespan times;
    private final Map<Integer, Synapse> byAction = new HashMap<>();
    private final Map<Integer, Duration> ends = new HashMap<>();
    /** What is being looked at: an action that waits for itself, which the scheduler reports, is not waited for a second time. */
    private final Set<Integer> open = new HashSet<>();

    Timetable(TransitionGraph graph, Makespan times) {
        this.times = times;
        graph.synapses().forEach(synapse -> byAction.put(synapse.action().id(), synapse));
    }

    Duration end(GraphAction action) {
        Duration known = ends.get(action.id());
        if (known != null) {
            return known;
        }
        Duration end = begin(action).plus(times.of(action));
        ends.put(action.id(), end);
        return end;
    }

    Duration begin(GraphAction action) {
        Duration begin = Duration.ZERO;
        Synapse synapse = byAction.get(action.id());
        if (synapse == null || !open.add(action.id())) {
            return begin;
        }
        for (int input : synapse.inputs()) {
            Synapse before = byAction.get(input);
            if (before != null) {
                Duration end = end(before.action());
                begin = end.compareTo(begin) > 0 ? end : begin;
            }
        }
        open.remove(action.id());
        return begin;
    }
}
