package org.ringfence.scheduler.transition;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.ringfence.model.NodeId;
import org.ringfence.model.graph.GraphAction;
import org.ringfence.model.graph.Synapse;
import org.ringfence.model.graph.TransitionGraph;
import org.ringfence.model.problem.Problem;
import org.ringfence.scheduler.action.Action;
import org.ringfence.scheduler.action.Actions;
import org.ringfence.scheduler.action.Ordering;
import org.ringfence.scheduler.cluster.ClusterNode;
import org.ringfence.scheduler.cluster.Options;
import org.ringfence.scheduler.resource.Clone;
import org.ringfence.scheduler.resource.OperationSettings;
import org.ringfence.scheduler.resource.Primitive;
import org.ringfence.scheduler.resource.Resource;
import org.ringfence.scheduler.resource.Resources;

/** Keeps the actions that are necessary and can be done, with the orderings among them. */
public final class GraphBuilder {
    private final Options options;
    private final RemoteRouting routing;
    private final OperationDescriptions descriptions;

    public GraphBuilder(Options options, Resources resources, OperationSettings operations) {
        this.options = options;
        this.routing = new RemoteRouting(resources);
        this.descriptions = new OperationDescriptions(operations, routing);
    }

    /** Whether a problem is one that says what waits for itself. */
    public static boolean isCircle(Problem problem) {
        return problem.element().equals(OrderingCircles.ELEMENT);
    }

    /** @param problems takes what keeps the graph from being carried out to its end */
    public TransitionGraph build(Actions actions, List<Problem> problems) {
        List<Action> kept = new ArrayList<>();
        for (Action action : actions.all()) {
            action.inGraph = isNeeded(action);
            if (action.inGraph) {
                kept.add(action);
                action.number = kept.size();
            }
        }
        new CapacityLoops(GraphBuilder::counts).open(kept);
        int[][] inputs = new int[kept.size()][];
        for (int index = 0; index < inputs.length; index++) {
            inputs[index] = inputs(kept.get(index));
        }
        OrderingCircles.problem(kept, inputs, GraphBuilder::counts).ifPresent(problems::add);
        var numbers = new Numbers(kept.size());
        var synapses = new ArrayList<Synapse>(kept.size());
        for (int index = 0; index < kept.size(); index++) {
            Action action = kept.get(index);
            GraphAction made = action(action);
            if (made != null) {
                synapses.add(new Synapse(synapses.size(), action.priority, made, numbers.of(inputs[index])));
            }
        }
        return new TransitionGraph(attributes(), synapses);
    }

    /** The numbers of those that it waits for, sorted. */
    private static int[] inputs(Action action) {
        int[] found = new int[action.before.size()];
        int count = 0;
        for (int index = 0; index < found.length; index++) {
            Ordering ordering = action.before.get(index);
            if (counts(ordering)) {
                found[count++] = ordering.first.number;
            }
        }
        int[] inputs = Arrays.copyOf(found, count);
        Arrays.sort(inputs);
        return inputs;
    }

    /** Lists of numbers in which each number is one object: a graph has many more inputs than actions. */
    private static final class Numbers {
        private final Integer[] boxed;

        Numbers(int count) {
            boxed = new Integer[count + 1];
            Arrays.setAll(boxed, number -> number);
        }

        List<Integer> of(int[] numbers) {
            Integer[] list = new Integer[numbers.length];
            Arrays.setAll(list, index -> boxed[numbers[index]]);
            return List.of(list);
        }
    }

    private static boolean counts(Ordering ordering) {
        if (!ordering.first.inGraph || ordering.dropped) {
            return false;
        }
        if (ordering.has(Ordering.UNORDERED)) {
            return false;
        }
        if (ordering.kinds == 0 && ordering.first.endsMigration) {
            // An optional order is about interruptions.
            return false;
        }
        if (ordering.has(Ordering.SERIALIZE)) {
            return true;
        }
        return !ordering.has(Ordering.SAME_NODE) || ordering.first.node == ordering.then.node;
    }

    private static boolean isNeeded(Action action) {
        if ((action.optional && !action.alwaysShown) || !action.runnable) {
            return false;
        }
        return action.pseudo || action.node != null;
    }

    private SequencedMap<String, String> attributes() {
        var attributes = new LinkedHashMap<String, String>();
        attributes.put("cluster-delay", options.all().getOrDefault("cluster-delay", "60s"));
        attributes.put("fencing-timeout", options.fencingTimeout());
        attributes.put("failed-stop-offset", "INFINITY");
        attributes.put("failed-start-offset", options.startFailureIsFatal() ? "INFINITY" : "1");
        String batch = options.all().get("batch-limit");
        if (batch != null) {
            attributes.put("batch-limit", batch);
        }
        attributes.put("transition_id", "1");
        return attributes;
    }

    private @Nullable GraphAction action(Action action) {
        ClusterNode node = action.node;
        if (action.resource == null) {
            if (action.pseudo || node == null) {
                return new GraphAction.PseudoAction(
                        action.number,
                        action.task,
                        action.key,
                        Optional.ofNullable(node).map(ClusterNode::nodeId),
                        node == null ? "" : node.id,
                        new LinkedHashMap<>(action.attributes));
            }
            var attributes = new LinkedHashMap<String, String>();
            onNode(attributes, node);
            attributes.putAll(action.attributes);
            return new GraphAction.ClusterAction(
                    action.number,
                    action.task,
                    action.key,
                    node.nodeId(),
                    node.id,
                    Optional.empty(),
                    Optional.empty(),
                    attributes);
        }
        if (action.pseudo || node == null) {
            return new GraphAction.PseudoAction(
                    action.number, action.operation, action.key, Optional.empty(), "", pseudoAttributes(action));
        }
        return action.resource instanceof Primitive primitive ? operation(action, primitive, node) : null;
    }

    static void onNode(Map<String, String> attributes, ClusterNode node) {
        attributes.put("CRM_meta_on_node", node.name);
        attributes.put("CRM_meta_on_node_uuid", node.id);
    }

    private SequencedMap<String, String> pseudoAttributes(Action action) {
        var attributes = new TreeMap<String, String>();
        if (action.resource != null) {
            cloneAttributes(action.resource, attributes);
        }
        attributes.put("CRM_meta_timeout", "20000");
        attributes.putAll(action.attributes);
        return new LinkedHashMap<>(attributes);
    }

    static void cloneAttributes(Resource resource, Map<String, String> attributes) {
        Clone clone = resource.cloneOf();
        if (clone == null) {
            return;
        }
        attributes.put("CRM_meta_clone_max", Integer.toString(clone.max));
        attributes.put("CRM_meta_clone_node_max", Integer.toString(clone.nodeMax));
        attributes.put("CRM_meta_globally_unique", Boolean.toString(clone.unique));
        attributes.put("CRM_meta_notify", Boolean.toString(clone.notify));
        if (clone.promotable) {
            for (String word : new String[] {"master", "promoted"}) {
                attributes.put("CRM_meta_" + word + "_max", Integer.toString(clone.promotedMax));
                attributes.put("CRM_meta_" + word + "_node_max", Integer.toString(clone.promotedNodeMax));
            }
        }
    }

    private GraphAction operation(Action action, Primitive primitive, ClusterNode node) {
        OperationDescriptions.Described described = descriptions.of(action, primitive, node);
        if (action.is("clear_failcount") || action.is("lrm_delete")) {
            return new GraphAction.ClusterAction(
                    action.number,
                    described.operation(),
                    action.key,
                    node.nodeId(),
                    node.id,
                    router(action, node),
                    Optional.of(described.resource()),
                    described.attributes());
        }
        return new GraphAction.ResourceAction(
                action.number,
                described.operation(),
                action.key,
                node.nodeId(),
                node.id,
                router(action, node),
                described.resource(),
                described.attributes());
    }

    private Optional<NodeId> router(Action action, ClusterNode node) {
        return Optional.ofNullable(routing.router(action, node)).map(ClusterNode::nodeId);
    }
}
