package org.ringfence.scheduler.transition;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.ringfence.model.graph.GraphAction.ResourceName;
import org.ringfence.model.value.Score;
import org.ringfence.model.xml.Attributes;
import org.ringfence.scheduler.action.Action;
import org.ringfence.scheduler.cluster.ClusterNode;
import org.ringfence.scheduler.resource.Clone;
import org.ringfence.scheduler.resource.OperationSettings;
import org.ringfence.scheduler.resource.Primitive;
import org.ringfence.scheduler.resource.Replica;

/**
 * What the graph says of operations of resources: by which names, and with which attributes. Most operations are done on many nodes, and of many
 * instances, so what is the same for all of them is worked out once and laid together with the little that is not.
 */
final class OperationDescriptions {
    /** Names of the cluster's own attributes begin so; those of an agent's parameters do not. */
    private static final String OWN = "CRM_meta_";

    private final OperationSettings operations;
    private final RemoteRouting routing;
    /** By the id of what is configured, which all instances share. */
    private final Map<String, List<Configured>> byConfigured = new HashMap<>();

    private final Map<Primitive, Instance> byPrimitive = new HashMap<>();
    private final Map<ClusterNode, Attributes> byNode = new HashMap<>();

    /** @param attributes sorted by name */
    record Described(String operation, ResourceName resource, Attributes attributes) {}

    /**
     * What is configured for an operation, the same for all instances on whichever node. Attributes are sorted by name.
     *
     * @param parameters empty unless they are the same on every node, and may go below all else
     */
    private record Configured(
            String operation, long intervalMillis, Attributes settings, Attributes parameters, boolean complete) {}

    /**
     * What is said of all operations of one instance.
     *
     * @param attributes sorted by name
     * @param kinds      those that were asked for
     */
    private record Instance(ResourceName name, Attributes attributes, List<Kind> kinds) {}

    /**
     * An operation of an instance, or the end of one, on whichever node.
     *
     * @param attributes sorted by name; with the parameters, when those are the same on every node
     */
    private record Kind(
            String operation, long intervalMillis, boolean cancelled, Attributes attributes, boolean complete) {}

    OperationDescriptions(OperationSettings operations, RemoteRouting routing) {
        this.operations = operations;
        this.routing = routing;
    }

    Described of(Action action, Primitive primitive, ClusterNode node) {
        boolean cancelled = !action.cancelled.isEmpty();
        String settled = cancelled ? action.cancelled : action.operation;
        Instance instance = byPrimitive.computeIfAbsent(primitive, OperationDescriptions::instance);
        Kind kind = kind(primitive, instance, settled, action.intervalMillis, cancelled);
        Attributes own =
                sorted(own(action, primitive, node)).over(byNode.computeIfAbsent(node, OperationDescriptions::onNode));
        Attributes all = own.over(kind.attributes);
        if (!kind.complete) {
            all = parameters(primitive, node, settled, action.intervalMillis).over(all);
        }
        if (primitive.container != null || primitive.replica != null) {
            all = addressed(primitive, all);
        }
        return new Described(cancelled ? "cancel" : action.operation, instance.name, all);
    }

    private static Attributes onNode(ClusterNode node) {
        var attributes = new TreeMap<String, String>();
        GraphBuilder.onNode(attributes, node);
        return Attributes.copyOf(attributes);
    }

    private static Attributes sorted(Map<String, String> attributes) {
        return Attributes.copyOf(attributes.size() < 2 ? attributes : new TreeMap<>(attributes));
    }

    /** What is said of this action alone. */
    private Map<String, String> own(Action action, Primitive primitive, ClusterNode node) {
        // Only agents care where the container is, and none is run to cancel or to delete.
        ClusterNode host =
                action.cancelled.isEmpty() && !action.is("delete") ? routing.physicalHost(action, node) : null;
        if (host == null) {
            return action.attributes;
        }
        var attributes = new TreeMap<String, String>();
        attributes.put("CRM_meta_physical_host", host.name);
        String target = primitive.settings.meta("container-attribute-target", "");
        if (!target.isEmpty()) {
            attributes.put("CRM_meta_container_attribute_target", target);
        }
        attributes.putAll(action.attributes);
        return attributes;
    }

    private Kind kind(
            Primitive primitive, Instance instance, String operation, long intervalMillis, boolean cancelled) {
        for (Kind kind : instance.kinds) {
            if (kind.intervalMillis == intervalMillis
                    && kind.cancelled == cancelled
                    && kind.operation.equals(operation)) {
                return kind;
            }
        }
        Configured configured = configured(primitive, operation, intervalMillis);
        Attributes own = cancelled
                ? Attributes.copyOf(Collections.singletonMap("CRM_meta_operation", operation))
                        .over(instance.attributes)
                : instance.attributes;
        Attributes all = configured.parameters.over(own.over(configured.settings));
        var made = new Kind(operation, intervalMillis, cancelled, all, configured.complete);
        instance.kinds.add(made);
        return made;
    }

    private Configured configured(Primitive primitive, String operation, long intervalMillis) {
        List<Configured> known = byConfigured.computeIfAbsent(primitive.configured.id(), _ -> new ArrayList<>(4));
        for (Configured configured : known) {
            if (configured.intervalMillis == intervalMillis && configured.operation.equals(operation)) {
                return configured;
            }
        }
        Attributes parameters = operations.hasRules(primitive)
                ? Attributes.NONE
                : parameters(primitive, null, operation, intervalMillis);
        // One that bears a name of the cluster's own would have to go on top of what comes later.
        boolean complete =
                !operations.hasRules(primitive) && parameters.keySet().stream().noneMatch(name -> name.startsWith(OWN));
        var made = new Configured(
                operation,
                intervalMillis,
                settings(primitive, operation, intervalMillis),
                complete ? parameters : Attributes.NONE,
                complete);
        known.add(made);
        return made;
    }

    private Attributes parameters(
            Primitive primitive, @Nullable ClusterNode node, String operation, long intervalMillis) {
        return Attributes.copyOf(operations.digested(primitive, node, operation, intervalMillis));
    }

    private Attributes settings(Primitive primitive, String operation, long intervalMillis) {
        var attributes = new TreeMap<String, String>();
        operations.meta(primitive, operation, intervalMillis).forEach((name, value) -> {
            switch (name) {
                case "description", "interval-origin", "id" -> {}
                default -> attributes.put(OWN + name.replace('-', '_'), value);
            }
        });
        if (OperationSettings.isWritten(primitive, operation, intervalMillis)) {
            attributes.put("CRM_meta_name", operation);
        }
        if (intervalMillis > 0) {
            attributes.put("CRM_meta_interval", Long.toString(intervalMillis));
        }
        return Attributes.copyOf(attributes);
    }

    private static Instance instance(Primitive primitive) {
        var attributes = new TreeMap<String, String>();
        GraphBuilder.cloneAttributes(primitive, attributes);
        if (primitive.cloneOf() != null) {
            attributes.put("CRM_meta_clone", Integer.toString(number(primitive)));
        }
        if (primitive.container != null) {
            attributes.put("CRM_meta_container", primitive.container.id);
        }
        String guest = primitive.settings.meta("remote-node", "");
        if (!guest.isEmpty()) {
            attributes.put("CRM_meta_remote_node", guest);
        }
        return new Instance(name(primitive), Attributes.copyOf(attributes), new ArrayList<>(4));
    }

    /** A container is reached where it is going to be, or else where it is; what runs in it learns its address outside. */
    private static Attributes addressed(Primitive primitive, Attributes known) {
        var attributes = new TreeMap<>(known);
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
        return Attributes.copyOf(attributes);
    }

    private static int number(Primitive primitive) {
        int colon = primitive.id.lastIndexOf(':');
        return colon < 0 ? 0 : Score.parse(primitive.id.substring(colon + 1), 0);
    }

    private static ResourceName name(Primitive primitive) {
        Clone clone = primitive.cloneOf();
        if (clone == null || clone.unique) {
            return new ResourceName(primitive.id, Optional.empty(), primitive.agent());
        }
        String instance = primitive.actionName();
        String base = primitive.configured.id();
        return new ResourceName(
                base, instance.equals(base) ? Optional.empty() : Optional.of(instance), primitive.agent());
    }
}
