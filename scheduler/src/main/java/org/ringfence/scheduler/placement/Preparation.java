package org.ringfence.scheduler.placement;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.ringfence.model.status.Status;
import org.ringfence.model.value.Score;
import org.ringfence.scheduler.cluster.ClusterNode;
import org.ringfence.scheduler.cluster.Nodes;
import org.ringfence.scheduler.cluster.Options;
import org.ringfence.scheduler.constraint.Constraints;
import org.ringfence.scheduler.constraint.Scores;
import org.ringfence.scheduler.history.FailCounts;
import org.ringfence.scheduler.reason.Cause;
import org.ringfence.scheduler.resource.Bundle;
import org.ringfence.scheduler.resource.Group;
import org.ringfence.scheduler.resource.Primitive;
import org.ringfence.scheduler.resource.Resource;
import org.ringfence.scheduler.resource.Resources;
import org.ringfence.scheduler.resource.Role;

/** Everything that bears on where resources may run beside location constraints: stickiness, failures, health, tickets, roles asked for. */
public final class Preparation {
    private final Options options;
    private final Nodes nodes;
    private final Resources resources;
    private final FailCounts failCounts;

    public Preparation(Options options, Nodes nodes, Resources resources, FailCounts failCounts) {
        this.options = options;
        this.nodes = nodes;
        this.resources = resources;
        this.failCounts = failCounts;
    }

    public void prepare(Constraints constraints, Status status) {
        maintenance();
        resources.top().forEach(this::targetRole);
        health();
        stickiness();
        failures();
        exclusiveDiscovery();
        new Tickets(options, nodes, status).apply(constraints);
        remoteNodes();
        internalColocations();
    }

    /** Some things cannot run where there is no member of the cluster. */
    private void remoteNodes() {
        Set<String> guests = new HashSet<>();
        for (ClusterNode node : nodes.all()) {
            if (node.kind == ClusterNode.Kind.GUEST && !node.inBundle) {
                guests.add(node.container);
            }
        }
        for (ClusterNode node : nodes.all()) {
            if (!node.isRemoteOrGuest()) {
                continue;
            }
            for (Primitive primitive : resources.primitives()) {
                boolean inside = primitive.replica != null && !(primitive.parent instanceof Bundle);
                boolean part = primitive.replica != null && primitive.parent instanceof Bundle;
                if (primitive.isFenceDevice()
                        || primitive.isConnection()
                        || guests.contains(primitive.id)
                        || (node.inBundle && !inside)
                        || (part && node.kind == ClusterNode.Kind.GUEST)) {
                    primitive.scores[node.index] = -Score.INFINITY;
                    primitive.book(() -> Causes.nature(primitive, node));
                }
            }
            if (node.inBundle) {
                for (Resource resource : resources.top()) {
                    if (!(resource instanceof Bundle) && !(resource instanceof Primitive)) {
                        resource.scores[node.index] = -Score.INFINITY;
                        resource.book(() -> Causes.nature(resource, node));
                    }
                }
            }
        }
    }

    private void maintenance() {
        for (Resource top : resources.top()) {
            unmanage(top, options.maintenance());
        }
        for (Primitive primitive : resources.primitives()) {
            for (ClusterNode node : primitive.active) {
                if (node.maintenance) {
                    primitive.managed = false;
                    primitive.maintenance = true;
                }
            }
        }
    }

    private static void unmanage(Resource resource, boolean above) {
        boolean here = above || resource.settings.maintenance();
        if (here) {
            resource.managed = false;
            resource.maintenance = true;
        }
        resource.children().forEach(child -> unmanage(child, here));
    }

    /** What a part says itself counts for it, rather than what is said of the whole. */
    private void targetRole(Resource resource) {
        if (options.stopAll()) {
            stop(resource, Causes.STOP_ALL);
        }
        Role wanted = resource.settings.targetRole();
        if (resource.removed) {
            wanted = Role.STOPPED;
        }
        switch (wanted) {
            case STOPPED -> stop(resource, resource.removed ? Causes.REMOVED : Causes.targetRole(resource));
            case UNPROMOTED -> cap(resource);
            case UNKNOWN, STARTED, PROMOTED -> {}
        }
        resource.children().forEach(this::targetRole);
    }

    private static void stop(Resource resource, Cause reason) {
        resource.nextRole = Role.STOPPED;
        resource.nextRoleReason = reason;
    }

    private static void cap(Resource resource) {
        if (resource.nextRole == Role.UNKNOWN) {
            resource.nextRole = Role.UNPROMOTED;
        }
    }

    private void health() {
        if (options.healthStrategy() == Options.HealthStrategy.NONE) {
            return;
        }
        int base = options.healthStrategy() == Options.HealthStrategy.PROGRESSIVE
                ? Score.parse(options.all().getOrDefault("node-health-base", "0"), 0)
                : 0;
        for (ClusterNode node : nodes.all()) {
            int score = base;
            for (Map.Entry<String, String> attribute : node.attributes.entrySet()) {
                if (attribute.getKey().startsWith("#health")) {
                    score = Score.add(score, options.healthScore(attribute.getValue()));
                }
            }
            if (score != 0) {
                for (Resource resource : resources.top()) {
                    Scores.add(resource, node, score);
                    resource.book(() -> Causes.health(node));
                }
            }
        }
    }

    /** What is not managed stays where it is, and draws what has to be with it. A negative stickiness drives nothing away. */
    private void stickiness() {
        for (Primitive primitive : resources.primitives()) {
            if (!primitive.managed) {
                primitive.active.forEach(
                        node -> primitive.scores[node.index] = Score.add(primitive.scores[node.index], Score.INFINITY));
                primitive.book(() -> Causes.unmanaged(primitive));
            }
            int stickiness = primitive.settings.stickiness();
            if (stickiness <= 0 || primitive.active.size() != 1 || !primitive.managed) {
                continue;
            }
            ClusterNode node = primitive.active.getFirst();
            if (primitive.isListed(node)) {
                primitive.scores[node.index] = Score.add(primitive.scores[node.index], stickiness);
                primitive.book(() -> Causes.stickiness(primitive));
            }
        }
    }

    private void failures() {
        for (ClusterNode node : failCounts.nodesWithFailures(nodes)) {
            for (Primitive primitive : resources.primitives()) {
                if (!primitive.managed || primitive.removed || primitive.state.failureIgnored) {
                    continue;
                }
                Resource leaves = failCounts.toLeave(primitive, node);
                if (leaves != null) {
                    Scores.add(leaves, node, -Score.INFINITY);
                    leaves.book(() -> Causes.failures(primitive, node, failCounts));
                }
            }
        }
    }

    private void exclusiveDiscovery() {
        for (Resource resource : resources.top()) {
            exclusiveDiscovery(resource);
            resource.book(() -> Causes.EXCLUSIVE_DISCOVERY);
        }
    }

    private void exclusiveDiscovery(Resource resource) {
        if (resource.exclusiveDiscovery) {
            for (int index = 0; index < nodes.count(); index++) {
                if (resource.discovery[index] != Resource.Discovery.EXCLUSIVE) {
                    resource.scores[index] = -Score.INFINITY;
                }
            }
        }
        resource.children().forEach(this::exclusiveDiscovery);
    }

    private void internalColocations() {
        for (Primitive primitive : resources.primitives()) {
            if (primitive.container != null && primitive.replica == null) {
                ClusterNode guest = primitive.isConnection() ? null : guestIn(primitive.container);
                if (guest == null) {
                    Placing.link(primitive, primitive.container, true);
                } else {
                    only(primitive, guest);
                    primitive.book(() -> Causes.nature(primitive, guest));
                }
            }
        }
        for (Resource resource : resources.top()) {
            internalColocations(resource);
        }
    }

    /** The node that runs in a container or that a connection leads to. */
    private @Nullable ClusterNode guestIn(Primitive container) {
        for (ClusterNode node : nodes.all()) {
            if (node.isRemoteOrGuest() && (node.container.equals(container.id) || node == container.remoteNode)) {
                return node;
            }
        }
        return null;
    }

    private static void only(Primitive primitive, ClusterNode node) {
        for (int index = 0; index < primitive.scores.length; index++) {
            if (index != node.index) {
                primitive.scores[index] = -Score.INFINITY;
            }
        }
    }

    /**
     * Each member of a group is with the one before it; what belongs to a replica is with its container. What comes after a
     * member that is not critical is not critical either.
     */
    private void internalColocations(Resource resource) {
        if (resource instanceof Group group && group.colocated) {
            List<Primitive> members = group.members;
            boolean critical = group.first().settings.critical();
            for (int index = 1; index < members.size(); index++) {
                Primitive member = members.get(index);
                critical &= member.settings.critical();
                Placing.link(member, members.get(index - 1), critical);
            }
        }
        if (resource instanceof Bundle bundle) {
            Placing.linkReplicas(bundle);
        }
        resource.children().forEach(this::internalColocations);
    }
}
