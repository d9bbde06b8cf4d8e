package org.ringfence.scheduler.foresee;

import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ringfence.model.cib.Cib;
import org.ringfence.model.graph.GraphAction;
import org.ringfence.model.graph.Synapse;
import org.ringfence.model.graph.TransitionGraph;
import org.ringfence.model.status.NodeState;
import org.ringfence.model.status.OperationRecord;
import org.ringfence.model.status.ResourceHistory;

/**
 * How long transitions take, from how long the same operations took before: what waits for nothing begins together. Fencing takes no time here;
 * who asks knows better how long it takes.
 */
public final class Makespan {
    /** Of an operation that was never measured. */
    private static final Duration GUESS = Duration.ofSeconds(1);

    private final Map<String, Duration> measured = new LinkedHashMap<>();

    /** @param cib whose status has the measurements */
    public Makespan(Cib cib) {
        for (NodeState node : cib.status().nodes().values()) {
            for (ResourceHistory history : node.history().values()) {
                history.operations().forEach(operation -> note(history.resource(), operation));
            }
        }
    }

    private void note(String resource, OperationRecord operation) {
        if (!operation.executionTime().isZero()) {
            measured.merge(
                    key(resource, operation.operation()),
                    operation.executionTime(),
                    (one, other) -> one.compareTo(other) >= 0 ? one : other);
        }
    }

    /**
     * The time, and how sure it is.
     *
     * @param guessed whether an operation in it was never measured, and counts a second
     */
    public record Span(Duration time, boolean guessed) {}

    public Span of(List<TransitionGraph> transitions) {
        Duration sum = Duration.ZERO;
        boolean guessed = false;
        for (TransitionGraph graph : transitions) {
            Span span = of(graph);
            sum = sum.plus(span.time());
            guessed |= span.guessed();
        }
        return new Span(sum, guessed);
    }

    private Span of(TransitionGraph graph) {
        Map<Integer, Synapse> byAction = new HashMap<>();
        graph.synapses().forEach(synapse -> byAction.put(synapse.action().id(), synapse));
        Map<Integer, Duration> ends = new HashMap<>();
        Duration last = Duration.ZERO;
        boolean guessed = false;
        for (Synapse synapse : graph.synapses()) {
            Duration end = end(synapse, byAction, ends);
            last = end.compareTo(last) > 0 ? end : last;
            guessed |= isTimed(synapse.action()) && time(synapse.action()).isEmpty();
        }
        return new Span(last, guessed);
    }

    /** A circle, which the scheduler reports, counts once. */
    private Duration end(Synapse synapse, Map<Integer, Synapse> byAction, Map<Integer, Duration> ends) {
        int id = synapse.action().id();
        Duration known = ends.get(id);
        if (known != null) {
            return known;
        }
        ends.put(id, Duration.ZERO);
        Duration begin = Duration.ZERO;
        for (int input : synapse.inputs()) {
            Synapse before = byAction.get(input);
            if (before != null) {
                Duration end = end(before, byAction, ends);
                begin = end.compareTo(begin) > 0 ? end : begin;
            }
        }
        Duration own = isTimed(synapse.action()) ? time(synapse.action()).orElse(GUESS) : Duration.ZERO;
        Duration end = begin.plus(own);
        ends.put(id, end);
        return end;
    }

    private static boolean isTimed(GraphAction action) {
        return action instanceof GraphAction.ResourceAction
                && switch (action.operation()) {
                    case "start", "stop", "promote", "demote", "migrate_to", "migrate_from" -> true;
                    default -> false;
                };
    }

    private Optional<Duration> time(GraphAction action) {
        return action instanceof GraphAction.ResourceAction operation
                ? Optional.ofNullable(measured.get(key(operation.resource().id(), operation.operation())))
                : Optional.empty();
    }

    private static String key(String resource, String operation) {
        int colon = resource.indexOf(':');
        return (colon < 0 ? resource : resource.substring(0, colon)) + " " + operation;
    }
}
