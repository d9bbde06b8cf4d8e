package org.ringfence.scheduler.foresee;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.ringfence.model.graph.GraphAction;
import org.ringfence.model.graph.GraphAction.ResourceAction;
import org.ringfence.model.graph.Synapse;
import org.ringfence.model.graph.TransitionGraph;

/**
 * A resource that a transition stops, or whose promoted instance it demotes.
 *
 * @param resource the instance; of what is demoted the primitive, because another instance may be promoted in its place
 * @param what     in which way it is away
 * @param lasts    from the beginning of the stop to the end of the start; empty when the transition does not start it again
 * @param guessed  whether an operation in between was never measured, and counts a second
 */
public record Absence(String resource, What what, Optional<Duration> lasts, boolean guessed) {

    /** In which way it is away. */
    public enum What {
        STOPPED,
        DEMOTED
    }

    /**
     * Each resource that is away for a time, by name. What migrates alive is not away. What fencing stops is away from when that
     * is done.
     */
    public static List<Absence> of(TransitionGraph graph, Makespan times) {
        Map<String, List<GraphAction>> byInstance = new TreeMap<>();
        Map<String, List<GraphAction>> byPrimitive = new TreeMap<>();
        for (Synapse synapse : graph.synapses()) {
            instance(synapse.action()).filter(times::knows).ifPresent(instance -> {
                byInstance.computeIfAbsent(instance, _ -> new ArrayList<>()).add(synapse.action());
                byPrimitive
                        .computeIfAbsent(Makespan.primitive(instance), _ -> new ArrayList<>())
                        .add(synapse.action());
            });
        }
        var timetable = new Timetable(graph, times);
        List<Absence> absences = new ArrayList<>();
        byInstance.forEach((instance, actions) -> {
            if (actions.stream().noneMatch(action -> action.operation().equals("migrate_to"))) {
                between(instance, What.STOPPED, "stop", "start", actions, timetable, times)
                        .ifPresent(absences::add);
            }
        });
        byPrimitive.forEach(
                (primitive, actions) -> between(primitive, What.DEMOTED, "demote", "promote", actions, timetable, times)
                        .ifPresent(absences::add));
        return absences;
    }

    /** Of which resource an action is. Fencing leaves points where stops would be, under the same keys. */
    private static Optional<String> instance(GraphAction action) {
        return switch (action) {
            case ResourceAction operation -> Optional.of(operation.resource().instance());
            case GraphAction.PseudoAction point ->
                Optional.of(point.operationKey())
                        .filter(key -> point.operation().equals("stop")
                                || point.operation().equals("demote"))
                        .map(key -> key.substring(
                                0, key.length() - point.operation().length() - "__0".length()));
            case GraphAction.ClusterAction _ -> Optional.empty();
        };
    }

    private static Optional<Absence> between(
            String resource,
            What what,
            String leaving,
            String coming,
            List<GraphAction> actions,
            Timetable timetable,
            Makespan times) {
        Optional<Duration> gone = actions.stream()
                .filter(action -> action.operation().equals(leaving))
                .map(timetable::begin)
                .min(Duration::compareTo);
        Optional<Duration> back = actions.stream()
                .filter(action -> action.operation().equals(coming))
                .map(timetable::end)
                .max(Duration::compareTo);
        boolean guessed = actions.stream().anyMatch(times::isGuessed);
        return gone.map(from -> new Absence(resource, what, back.map(until -> until.minus(from)), guessed));
    }
}
