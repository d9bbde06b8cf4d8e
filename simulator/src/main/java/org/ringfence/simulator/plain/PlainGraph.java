package org.ringfence.simulator.plain;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import org.ringfence.model.NodeId;
import org.ringfence.model.cib.Resource;
import org.ringfence.model.graph.GraphAction;
import org.ringfence.model.graph.GraphAction.ClusterAction;
import org.ringfence.model.graph.GraphAction.ResourceAction;
import org.ringfence.model.graph.GraphAction.ResourceName;
import org.ringfence.model.graph.Synapse;
import org.ringfence.model.graph.TransitionGraph;
import org.ringfence.model.xml.Attributes;

/** A transition graph that is being put together; each method adds an action and returns its id. */
final class PlainGraph {
    private static final long MONITOR_MILLIS = 10_000;

    private final List<Synapse> synapses = new ArrayList<>();

    TransitionGraph build() {
        return new TransitionGraph(Attributes.NONE, synapses);
    }

    int fence(NodeId node) {
        return add(cluster("stonith", node, "stonith_action", "reboot"), List.of());
    }

    int shutdown(NodeId node) {
        return add(cluster("do_shutdown", node, "", ""), List.of());
    }

    private ClusterAction cluster(String operation, NodeId node, String name, String value) {
        var attributes = new LinkedHashMap<String, String>();
        if (!name.isEmpty()) {
            attributes.put(name, value);
        }
        return new ClusterAction(
                next(),
                operation,
                operation + "-" + node,
                node,
                node.name(),
                Optional.empty(),
                Optional.empty(),
                attributes);
    }

    int probe(NodeId node, Resource.Primitive primitive) {
        return add(action("monitor", node, primitive, 0, 7), List.of());
    }

    int start(NodeId node, Resource.Primitive primitive, List<Integer> first) {
        return add(action("start", node, primitive, 0, 0), first);
    }

    int stop(NodeId node, Resource.Primitive primitive) {
        return add(action("stop", node, primitive, 0, 0), List.of());
    }

    int monitor(NodeId node, Resource.Primitive primitive, List<Integer> first) {
        return add(action("monitor", node, primitive, MONITOR_MILLIS, 0), first);
    }

    private ResourceAction action(
            String operation, NodeId node, Resource.Primitive primitive, long interval, int expected) {
        SequencedMap<String, String> attributes = new LinkedHashMap<>();
        attributes.put("CRM_meta_interval", Long.toString(interval));
        attributes.put("CRM_meta_timeout", "20000");
        attributes.put("CRM_meta_op_target_rc", Integer.toString(expected));
        return new ResourceAction(
                next(),
                operation,
                primitive.id() + "_" + operation + "_" + interval,
                node,
                node.name(),
                Optional.empty(),
                new ResourceName(primitive.id(), Optional.empty(), primitive.agent()),
                attributes);
    }

    private int next() {
        return synapses.size() + 1;
    }

    private int add(GraphAction action, List<Integer> inputs) {
        synapses.add(new Synapse(action.id(), 0, action, inputs));
        return action.id();
    }
}
