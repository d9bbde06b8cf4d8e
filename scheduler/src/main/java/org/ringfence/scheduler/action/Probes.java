package org.ringfence.scheduler.action;

import static org.ringfence.scheduler.action.Ordering.THEN_NEEDS_FIRST;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.ringfence.scheduler.cluster.ClusterNode;
import org.ringfence.scheduler.cluster.Nodes;
import org.ringfence.scheduler.cluster.Options;
import org.ringfence.scheduler.resource.Bundle;
import org.ringfence.scheduler.resource.Clone;
import org.ringfence.scheduler.resource.Group;
import org.ringfence.scheduler.resource.Primitive;
import org.ringfence.scheduler.resource.Replica;
import org.ringfence.scheduler.resource.Resource;
import org.ringfence.scheduler.resource.Resources;
import org.ringfence.scheduler.resource.Role;

/** Asks nodes about what they were never asked about: before anything starts it must be known what runs already. */
public final class Probes {
    private final Options options;
    private final Nodes nodes;
    private final Resources resources;
    private final Actions actions;

    public Probes(Options options, Nodes nodes, Resources resources, Actions actions) {
        this.options = options;
        this.nodes = nodes;
        this.resources = resources;
        this.actions = actions;
    }

    public void create() {
        List<Resource> unsettled = resources.top().stream()
                .filter(resource -> !isKnownEverywhere(resource))
                .toList();
        for (ClusterNode node : nodes.all()) {
            boolean joining = node.pending && node.inMembership;
            if ((!node.online && !joining) || node.unclean || !node.probesWanted) {
                continue;
            }
            if (node.kind == ClusterNode.Kind.GUEST && knownEmpty(node)) {
                continue;
            }
            for (Resource resource : unsettled) {
                probe(resource, node);
            }
        }
    }

    /** Nothing is active in a guest that does not run, or is about to be ended or moved. */
    private boolean knownEmpty(ClusterNode guest) {
        return resources.byId(guest.container) instanceof Primitive container
                && (!container.role.isActive()
                        || container.state.failed
                        || container.nextRole == Role.STOPPED
                        || (container.assigned != null && !container.active.contains(container.assigned)));
    }

    /** Nothing starts before it was asked for everywhere; for when all actions are there. */
    public void order() {
        resources.primitives().forEach(this::order);
    }

    private void probe(Resource resource, ClusterNode node) {
        switch (resource) {
            case Primitive primitive -> probe(primitive, node);
            case Group group -> group.members.forEach(member -> probe(member, node));
            case Clone clone -> probe(clone, node);
            case Bundle bundle -> probe(bundle, node);
        }
    }

    private void probe(Clone clone, ClusterNode node) {
        if (clone.unique) {
            clone.instances.forEach(instance -> probe(instance, node));
            return;
        }
        if (clone.instances.isEmpty() || anyKnown(clone, node)) {
            return;
        }
        probe(chosen(clone, node), node);
    }

    /** The instance that something is known of there, to complete that; else the one that is to be there; else the first. */
    private static Resource chosen(Clone clone, ClusterNode node) {
        for (Resource instance : clone.instances) {
            boolean[] partly = new boolean[1];
            instance.visitPrimitives(primitive -> partly[0] |= primitive.probed[node.index]);
            if (partly[0]) {
                return instance;
            }
        }
        for (Resource instance : clone.instances) {
            if (!instance.removed && assignedTo(instance, node)) {
                return instance;
            }
        }
        return clone.instances.getFirst();
    }

    private static boolean assignedTo(Resource instance, ClusterNode node) {
        return instance instanceof Group group ? group.first().assigned == node : instance.assigned == node;
    }

    private static boolean known(Resource instance, ClusterNode node) {
        if (instance instanceof Primitive primitive) {
            return primitive.probed[node.index];
        }
        for (Resource child : instance.children()) {
            if (!known(child, node)) {
                return false;
            }
        }
        return true;
    }

    /** Whether there is nothing to be asked about it, as usually about most. */
    private boolean isKnownEverywhere(Resource resource) {
        for (ClusterNode node : nodes.all()) {
            boolean known =
                    (resource instanceof Clone clone && !clone.unique) ? anyKnown(clone, node) : known(resource, node);
            if (!known) {
                return false;
            }
        }
        return true;
    }

    private static boolean anyKnown(Clone clone, ClusterNode node) {
        for (Resource instance : clone.instances) {
            if (known(instance, node)) {
                return true;
            }
        }
        return false;
    }

    private void probe(Bundle bundle, ClusterNode node) {
        for (Replica replica : bundle.replicas) {
            if (replica.child != null && replica.node == node) {
                probe(replica.child, node);
            }
            if (replica.container != null) {
                probe(replica.container, node);
            }
            if (replica.address != null) {
                probe(replica.address, node);
            }
            if (replica.connection != null && replica.connection.nextRole.isActive()) {
                probe(replica.connection, node);
            }
        }
    }

    private void probe(Primitive primitive, ClusterNode node) {
        if (primitive.container != null && primitive.replica == null && !primitive.isConnection()) {
            // It can be only where its container is.
            return;
        }
        if (primitive.removed || primitive.probed[node.index] || !options.startupProbes()) {
            return;
        }
        if (node.inBundle
                && (primitive.replica == null
                        || primitive.replica.node != node
                        || primitive.parent instanceof Bundle)) {
            return;
        }
        if (node.isRemoteOrGuest()) {
            if (primitive.isFenceDevice() || primitive.isConnection() || primitive.remoteNode != null) {
                return;
            }
            if (node.kind == ClusterNode.Kind.GUEST && hostsGuests(primitive)) {
                return;
            }
        }
        if (primitive.exclusiveDiscovery && primitive.discovery[node.index] != Resource.Discovery.EXCLUSIVE) {
            return;
        }
        if (primitive.discovery[node.index] == Resource.Discovery.NEVER) {
            return;
        }
        if (node.kind == ClusterNode.Kind.GUEST && primitive.id.equals(node.container)) {
            return;
        }
        Action probe = actions.get(primitive, "monitor", node, false);
        probe.optional = false;
        boolean there = primitive.active.contains(node);
        String expected = !there ? "7" : primitive.role == Role.PROMOTED ? "8" : "0";
        probe.attributes.put("CRM_meta_op_target_rc", expected);
    }

    private boolean hostsGuests(Primitive primitive) {
        for (ClusterNode node : nodes.all()) {
            if (primitive.id.equals(node.container)) {
                return true;
            }
        }
        return false;
    }

    private void order(Primitive primitive) {
        for (Action probe : actions.of(primitive, "monitor")) {
            Resource subject = primitive;
            Clone clone = primitive.cloneOf();
            if (clone != null) {
                // A clone starts when all that was asked about its instances is answered.
                actions.order(probe, actions.find(clone, "start", null), 0);
            }
            if (clone != null && !clone.unique) {
                for (Resource instance : clone.instances) {
                    instance.visitPrimitives(each -> {
                        if (each.configured.id().equals(primitive.configured.id())) {
                            orderBefore(probe, each);
                        }
                    });
                }
                continue;
            }
            orderBefore(probe, subject);
        }
    }

    private void orderBefore(Action probe, Resource subject) {
        Clone whole = subject.cloneOf();
        if (whole != null) {
            // Where any instance may be is known before a first one starts.
            actions.of(whole, "start").forEach(start -> actions.order(probe, start, 0));
        }
        for (String task : new String[] {"start", "stop", "promote", "reload-agent"}) {
            for (Action action : actions.of(subject, task)) {
                if (!task.equals("stop") || action.node == probe.node) {
                    // Where one cannot ask, nothing is started that may be there; what runs already goes on.
                    boolean blind = !probe.runnable && subject.top().active.isEmpty();
                    actions.order(probe, action, blind && task.equals("start") ? THEN_NEEDS_FIRST : 0);
                }
            }
        }
    }

    static @Nullable ClusterNode nodeOf(Action action) {
        return action.node;
    }
}
