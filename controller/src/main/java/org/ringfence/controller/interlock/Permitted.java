package org.ringfence.controller.interlock;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.ringfence.model.cib.Cib;
import org.ringfence.model.graph.GraphAction;
import org.ringfence.model.graph.Synapse;
import org.ringfence.model.graph.TransitionGraph;

/** What is left of a transition when the interlock is closed: everything but what starts, and what waits for that. */
public final class Permitted {
    private Permitted() {}

    /**
     * @param heldBack the resources that would have started, sorted
     */
    public record Part(TransitionGraph graph, List<String> heldBack) {
        public Part {
            heldBack = List.copyOf(heldBack);
        }
    }

    public static Part of(TransitionGraph graph, Interlock interlock, Cib cib) {
        if (!interlock.isClosed()) {
            return new Part(graph, List.of());
        }
        var removed = new TreeSet<Integer>();
        var heldBack = new TreeSet<String>();
        for (Synapse synapse : graph.synapses()) {
            if (starts(synapse.action()) && !interlock.permits(instance(synapse.action()), cib)) {
                removed.add(synapse.action().id());
                heldBack.add(instance(synapse.action()));
            }
        }
        boolean grew = true;
        while (grew) {
            grew = false;
            for (Synapse synapse : graph.synapses()) {
                if (synapse.inputs().stream().anyMatch(removed::contains)) {
                    grew |= removed.add(synapse.action().id());
                }
            }
        }
        List<Synapse> kept = new ArrayList<>();
        graph.synapses().stream()
                .filter(synapse -> !removed.contains(synapse.action().id()))
                .forEach(kept::add);
        return new Part(new TransitionGraph(graph.attributes(), kept), List.copyOf(heldBack));
    }

    /** Whether an action brings a resource to life somewhere; a fence device's does not. */
    public static boolean starts(GraphAction action) {
        return action instanceof GraphAction.ResourceAction resource
                && !resource.resource().agent().standard().equals("stonith")
                && switch (action.operation()) {
                    case "start", "promote", "migrate_to", "migrate_from" -> true;
                    default -> false;
                };
    }

    private static String instance(GraphAction action) {
        return action instanceof GraphAction.ResourceAction resource
                ? resource.resource().instance()
                : "";
    }
}
