package org.ringfence.controller.interlock;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.ringfence.controller.facts.LeftRunning;
import org.ringfence.model.cib.Cib;
import org.ringfence.model.graph.GraphAction;
import org.ringfence.model.graph.Synapse;
import org.ringfence.model.graph.TransitionGraph;

/** What is left of a transition when some of its starts are forbidden: everything but those, and what waits for them. */
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

    /** Without what the interlock holds back. */
    public static Part of(TransitionGraph graph, Interlock interlock, Cib cib) {
        return interlock.isClosed()
                ? without(graph, action -> !interlock.permits(action.resource().instance(), cib))
                : new Part(graph, List.of());
    }

    /** Without what may still run on a node that has left. */
    public static Part of(TransitionGraph graph, LeftRunning left, Cib cib) {
        return left.byResource().isEmpty()
                ? new Part(graph, List.of())
                : without(graph, action -> left.forbids(action.resource().instance(), action.operation(), cib));
    }

    private static Part without(TransitionGraph graph, Predicate<GraphAction.ResourceAction> forbidden) {
        var removed = new TreeSet<Integer>();
        var heldBack = new TreeSet<String>();
        for (Synapse synapse : graph.synapses()) {
            if (starts(synapse.action())
                    && synapse.action() instanceof GraphAction.ResourceAction action
                    && forbidden.test(action)) {
                removed.add(action.id());
                heldBack.add(action.resource().instance());
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
}
