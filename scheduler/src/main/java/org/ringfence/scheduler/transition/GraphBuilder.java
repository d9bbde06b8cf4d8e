package org.ringfence.scheduler.transition;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.ringfence.model.NodeId;
import org.ringfence.model.graph.GraphAction;
import org.ringfence.model.graph.Synapse;
import org.ringfence.model.graph.TransitionGraph;
import org.ringfence.model.problem.Problem;
import org.ringfence.model.value.Score;
import org.ringfence.scheduler.action.Action;
import org.ringfence.scheduler.action.Actions;
import org.ringfence.scheduler.action.Ordering;
import org.ringfence.scheduler.cluster.ClusterNode;
import org.ringfence.scheduler.cluster.Options;
import org.ringfence.scheduler.resource.Clone;
import org.ringfence.scheduler.resource.OperationSettings;
import org.ringfence.scheduler.resource.Primitive;
import org.ringfence.scheduler.resource.Replica;
import org.ringfence.scheduler.resource.Resource;
import org.ringfence.scheduler.resource.Resources;

/** Keeps the actions that are necessary and can be done, with the orderings among them. */
public final class GraphBuilder {
    private final Options options;
    private final RemoteRouting routing;
    private final OperationSettings operations;
    private final Map<Kind, SortedMap<String, String>> byKind = new HashMap<>();

    /** An operation of a resource, or the end of one; the same on every node. */
    private record Kind(Primitive primitive, String operation, long intervalMillis, boolean cancelled) {}

    public GraphBuilder(Options options, Resources resources, OperationSettings operations) {
        this.options = options;
        this.routing = new RemoteRouting(resources);
        this.operations = operations;
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
        OrderingCircles.problem(kept, GraphBuilder::counts).ifPresent(problems::add);
        var synapses = new ArrayList<Synapse>();
        for (Action action : kept) {
            GraphAction made = action(action);
            if (made == null) {
                continue;
            }
            var inputs = new ArrayList<Integer>();
            for (Ordering ordering : action.before) {
                if (counts(ordering)) {
                    inputs.add(ordering.first.number);
                }
            }
            inputs.sort(Integer::compare);
            synapses.add(new Synapse(synapses.size(), action.priority, made, inputs));
        }
        return new TransitionGraph(attributes(), synapses);
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
                        Optional.ofNullable(node).map(found -> new NodeId(found.name)),
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
                    new NodeId(node.name),
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

    private void containers(Map<String, String> attributes, Action action, Primitive primitive, ClusterNode node) {
        if (primitive.container != null) {
            attributes.put("CRM_meta_container", primitive.container.id);
        }
        String guest = primitive.settings.meta("remote-node", "");
        if (!guest.isEmpty()) {
            attributes.put("CRM_meta_remote_node", guest);
        }
        // Only agents care where the container is, and none is run to cancel or to delete.
        ClusterNode host =
                action.cancelled.isEmpty() && !action.is("delete") ? routing.physicalHost(action, node) : null;
        if (host != null) {
            attributes.put("CRM_meta_physical_host", host.name);
            String target = primitive.settings.meta("container-attribute-target", "");
            if (!target.isEmpty()) {
                attributes.put("CRM_meta_container_attribute_target", target);
            }
        }
    }

    private static void onNode(Map<String, String> attributes, ClusterNode node) {
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

    private static void cloneAttributes(Resource resource, Map<String, String> attributes) {
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

    /** What an operation carries on whichever node. */
    private SortedMap<String, String> attributes(Kind kind) {
        Primitive primitive = kind.primitive();
        var attributes = new TreeMap<String, String>();
        operations.meta(primitive, kind.operation(), kind.intervalMillis()).forEach((name, value) -> {
            switch (name) {
                case "description", "interval-origin", "id" -> {}
                default -> attributes.put("CRM_meta_" + name.replace('-', '_'), value);
            }
        });
        cloneAttributes(primitive, attributes);
        Clone clone = primitive.cloneOf();
        if (clone != null) {
            attributes.put("CRM_meta_clone", Integer.toString(number(primitive)));
        }
        if (OperationSettings.isWritten(primitive, kind.operation(), kind.intervalMillis())) {
            attributes.put("CRM_meta_name", kind.operation());
        }
        if (kind.intervalMillis() > 0) {
            attributes.put("CRM_meta_interval", Long.toString(kind.intervalMillis()));
        }
        if (kind.cancelled()) {
            attributes.put("CRM_meta_operation", kind.operation());
        }
        return attributes;
    }

    private GraphAction operation(Action action, Primitive primitive, ClusterNode node) {
        String task = action.cancelled.isEmpty() ? action.operation : "cancel";
        String settled = action.cancelled.isEmpty() ? action.operation : action.cancelled;
        var kind = new Kind(primitive, settled, action.intervalMillis, !action.cancelled.isEmpty());
        var attributes = new TreeMap<>(byKind.computeIfAbsent(kind, this::attributes));
        onNode(attributes, node);
        containers(attributes, action, primitive, node);
        attributes.putAll(action.attributes);
        attributes.putAll(operations.digested(primitive, node, settled, action.intervalMillis));
        addresses(attributes, primitive);
        GraphAction.ResourceName name = name(primitive);
        if (action.is("clear_failcount") || action.is("lrm_delete")) {
            return new GraphAction.ClusterAction(
                    action.number,
                    task,
                    action.key,
                    new NodeId(node.name),
                    node.id,
                    router(action, node),
                    Optional.of(name),
                    attributes);
        }
        return new GraphAction.ResourceAction(
                action.number,
                task,
                action.key,
                new NodeId(node.name),
                node.id,
                router(action, node),
                name,
                attributes);
    }

    /** A container is reached where it is going to be, or else where it is; what runs in it learns its address outside. */
    private static void addresses(Map<String, String> attributes, Primitive primitive) {
        Primitive container = primitive.container;
        if (container != null) {
            ClusterNode host = container.assigned != null || container.active.isEmpty()
                    ? container.assigned
                    : container.active.getFirst();
            attributes.computeIfPresent(
                    "addr", (_, address) -> address.equals("#uname") && host != null ? host.name : address);
        }
        Replica replica = primitive.replica;
        if (replica != null && replica.child == primitive && replica.address != null) {
            replica.address.configured.parameters().stream()
                    .map(set -> set.values().get("ip"))
                    .filter(Objects::nonNull)
                    .findFirst()
                    .ifPresent(address -> attributes.put("pcmk_external_ip", address));
        }
    }

    private Optional<NodeId> router(Action action, ClusterNode node) {
        return Optional.ofNullable(routing.router(action, node)).map(found -> new NodeId(found.name));
    }

    private static int number(Primitive primitive) {
        int colon = primitive.id.lastIndexOf(':');
        return colon < 0 ? 0 : Score.parse(primitive.id.substring(colon + 1), 0);
    }

    private static GraphAction.ResourceName name(Primitive primitive) {
        Clone clone = primitive.cloneOf();
        if (clone == null) {
            return new GraphAction.ResourceName(primitive.id, Optional.empty(), primitive.agent());
        }
        String instance = primitive.actionName();
        if (clone.unique) {
            return new GraphAction.ResourceName(primitive.id, Optional.empty(), primitive.agent());
        }
        String base = primitive.configured.id();
        return new GraphAction.ResourceName(
                base, instance.equals(base) ? Optional.empty() : Optional.of(instance), primitive.agent());
    }
}
