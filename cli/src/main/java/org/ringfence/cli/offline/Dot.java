package org.ringfence.cli.offline;

import java.util.HashMap;
import java.util.Map;
import org.ringfence.model.graph.GraphAction;
import org.ringfence.model.graph.Synapse;
import org.ringfence.model.graph.TransitionGraph;

/** A transition graph in the language of Graphviz: actions as boxes, points in the ordering as plain text. */
final class Dot {
    private Dot() {}

    static String write(TransitionGraph graph) {
        Map<Integer, String> names = new HashMap<>();
        graph.synapses().forEach(synapse -> names.put(synapse.action().id(), name(synapse.action())));
        var out = new StringBuilder("digraph transition {\n  rankdir=LR\n");
        for (Synapse synapse : graph.synapses()) {
            out.append("  ")
                    .append(quoted(name(synapse.action())))
                    .append(shape(synapse.action()))
                    .append('\n');
        }
        for (Synapse synapse : graph.synapses()) {
            for (int input : synapse.inputs()) {
                out.append("  ")
                        .append(quoted(names.getOrDefault(input, "action " + input)))
                        .append(" -> ")
                        .append(quoted(name(synapse.action())))
                        .append('\n');
            }
        }
        return out.append("}\n").toString();
    }

    private static String name(GraphAction action) {
        return switch (action) {
            case GraphAction.ResourceAction resource -> resource.operationKey() + " " + resource.node();
            case GraphAction.ClusterAction cluster ->
                cluster.attributes().getOrDefault("CRM_meta_stonith_action", cluster.operation()) + " "
                        + cluster.node();
            case GraphAction.PseudoAction pseudo -> pseudo.operationKey();
        };
    }

    private static String shape(GraphAction action) {
        return switch (action) {
            case GraphAction.ResourceAction _ -> " [shape=box]";
            case GraphAction.ClusterAction _ -> " [shape=octagon]";
            case GraphAction.PseudoAction _ -> " [shape=plaintext]";
        };
    }

    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
