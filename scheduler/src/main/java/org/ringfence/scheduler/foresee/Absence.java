package org.ringfence.scheduler.foresee;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
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

    /** Each resource that is away for a time, by name. What migrates alive is not away. */
    public static List<Absence> of(TransitionGraph graph, Makespan times) {
        Map<String, List<ResourceAction>> byInstance = new TreeMap<>();
        Map<String, List<ResourceAction>> byPrimitive = new TreeMap<>();
        for (Synapse synapse : graph.synapses()) {
            if (synapse.action() instanceof ResourceAction action) {
                byInstance
                        .computeIfAbsent(action.resource().instance(), _ -> new ArrayList<>())
                        .add(action);
                byPrimitive
                        .computeIfAbsent(action.resource().id(), _ -> new ArrayList<>())
                        .add(action);
            }
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

    private static Optional<Absence> between(
            String resource,
            What what,
            String leaving,
            String coming,
            List<ResourceAction> actions,
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
