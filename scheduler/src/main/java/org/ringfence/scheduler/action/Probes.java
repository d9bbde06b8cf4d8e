package org.ringfence.scheduler.action;

import static org.ringfence.scheduler.action.Ordering.THEN_NEEDS_FIRST;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
    private static final List<String> WAITING = List.of("start", "stop", "promote", "reload-agent");

    private final Options options;
    private final Nodes nodes;
    private final Resources resources;
    private final Actions actions;
    /** For interchangeable instances, by the configured primitive. */
    private final Map<String, List<Action>> waitingInClones = new HashMap<>();

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
        List<Action> probes = actions.of(primitive, "monitor");
        if (probes.isEmpty()) {
            return;
        }
        Clone clone = primitive.cloneOf();
        Action whole = clone == null ? null : actions.find(clone, "start", null);
        List<Action> waiting = clone != null && !clone.unique
                ? waitingInClones.computeIfAbsent(primitive.configured.id(), id -> waiting(clone, id))
                : waiting(primitive);
        boolean idle = primitive.top().active.isEmpty();
        for (Action probe : probes) {
            // A clone starts when all that was asked about its instances is answered; a start under way is none of
            // that.
            actions.order(probe, whole, 0);
            for (int index = 0; index < waiting.size(); index++) {
                Action action = waiting.get(index);
                if (!action.is("stop") || action.node == probe.node) {
                    // Where one cannot ask, nothing is started that may be there; what runs already goes on.
                    boolean blind = !probe.runnable && idle && action.is("start");
                    boolean throughWhole =
                            action.is("start") && action.resource != primitive && action.node != probe.node;
                    if (blind || !throughWhole) {
                        actions.order(probe, action, blind ? THEN_NEEDS_FIRST : 0);
                    }
                }
            }
        }
    }

    /** What is not done before it is known where the resource is. */
    private List<Action> waiting(Primitive primitive) {
        List<Action> waiting = new ArrayList<>();
        for (String task : WAITING) {
            waiting.addAll(actions.of(primitive, task));
        }
        return waiting;
    }

    /** The same of all instances: where any may be is known before one starts. */
    private List<Action> waiting(Clone clone, String configured) {
        List<Action> waiting = new ArrayList<>();
        for (Resource instance : clone.instances) {
            instance.visitPrimitives(each -> {
                if (each.configured.id().equals(configured)) {
                    waiting.addAll(waiting(each));
                }
            });
        }
        return waiting;
    }
}
