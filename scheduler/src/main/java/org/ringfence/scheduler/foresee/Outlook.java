package org.ringfence.scheduler.foresee;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;
import org.ringfence.model.cib.Cib;
import org.ringfence.model.graph.TransitionGraph;
import org.ringfence.scheduler.execution.Execution;
import org.ringfence.scheduler.execution.OperationOutcome;

/**
 * How things stand once the cluster has done what it would do, every action ending well unless it is said otherwise.
 *
 * @param active      by primitive, the nodes where it is active then; none for one that is nowhere
 * @param transitions what was decided, one after another
 * @param steps       what was done, in order
 * @param settled     whether nothing was left to do after a few transitions
 */
public record Outlook(
        SortedMap<String, SortedSet<String>> active,
        List<TransitionGraph> transitions,
        List<Execution.Step> steps,
        boolean settled) {
    /** Fencing, then recovery, then what waited for that; more would be a circle. */
    private static final int TRANSITIONS = 4;

    public Outlook {
        transitions = List.copyOf(transitions);
        steps = List.copyOf(steps);
    }

    public static Outlook of(Cib cib, Instant now) {
        return of(cib, List.of(), now);
    }

    /** @param failures operations that, if they are done, end otherwise than they should */
    public static Outlook of(Cib cib, List<OperationOutcome> failures, Instant now) {
        return of(Standpoint.of(cib, now), failures, now);
    }

    /** The same from what was decided about the first transition. */
    public static Outlook of(Standpoint begin, List<OperationOutcome> failures, Instant now) {
        List<TransitionGraph> transitions = new ArrayList<>();
        List<Execution.Step> steps = new ArrayList<>();
        Standpoint at = begin;
        for (int done = 0; ; done++) {
            TransitionGraph graph = at.graph();
            boolean settled = graph.synapses().isEmpty();
            if (settled || done == TRANSITIONS) {
                return new Outlook(at.active(), transitions, steps, settled);
            }
            transitions.add(graph);
            Execution.Result result = Execution.of(at.cib(), graph, failures, now);
            steps.addAll(result.steps());
            at = at.next(result.cib(), now);
        }
    }

    /** Whether each of these primitives is active somewhere. */
    public boolean runs(SortedSet<String> primitives) {
        return primitives.stream().noneMatch(primitive -> places(primitive).isEmpty());
    }

    /** Whether each of these primitives is active on the node. */
    public boolean runs(SortedSet<String> primitives, String node) {
        return primitives.stream().allMatch(primitive -> places(primitive).contains(node));
    }

    public SortedSet<String> places(String primitive) {
        return active.getOrDefault(primitive, new TreeSet<>());
    }

    /** What is active here and nowhere in {@code other}. */
    public SortedSet<String> missingIn(Outlook other) {
        var missing = new TreeSet<String>();
        active.forEach((primitive, places) -> {
            if (!places.isEmpty() && other.places(primitive).isEmpty()) {
                missing.add(primitive);
            }
        });
        return missing;
    }
}
