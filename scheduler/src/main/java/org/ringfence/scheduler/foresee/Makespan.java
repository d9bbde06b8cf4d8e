package org.ringfence.scheduler.foresee;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
    private final Set<String> known = new LinkedHashSet<>();

    /** @param cib whose status has the measurements */
    public Makespan(Cib cib) {
        for (NodeState node : cib.status().nodes().values()) {
            for (ResourceHistory history : node.history().values()) {
                known.add(primitive(history.resource()));
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
        var timetable = new Timetable(graph, this);
        Duration last = Duration.ZERO;
        boolean guessed = false;
        for (Synapse synapse : graph.synapses()) {
            Duration end = timetable.end(synapse.action());
            last = end.compareTo(last) > 0 ? end : last;
            guessed |= isGuessed(synapse.action());
        }
        return new Span(last, guessed);
    }

    /** How long one action takes. */
    Duration of(GraphAction action) {
        return isTimed(action) ? time(action).orElse(GUESS) : Duration.ZERO;
    }

    /** Whether it takes time and was never measured. */
    boolean isGuessed(GraphAction action) {
        return isTimed(action) && time(action).isEmpty();
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

    /** Whether it is a resource, or an instance of one, that some node knows: not a group or a clone. */
    boolean knows(String instance) {
        return known.contains(primitive(instance));
    }

    static String primitive(String instance) {
        int colon = instance.indexOf(':');
        return colon < 0 ? instance : instance.substring(0, colon);
    }

    private static String key(String resource, String operation) {
        return primitive(resource) + " " + operation;
    }
}
