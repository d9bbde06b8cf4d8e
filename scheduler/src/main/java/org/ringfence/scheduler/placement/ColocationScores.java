package org.ringfence.scheduler.placement;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.ringfence.model.value.Score;
import org.ringfence.scheduler.cluster.ClusterNode;
import org.ringfence.scheduler.cluster.Nodes;
import org.ringfence.scheduler.constraint.Colocation;
import org.ringfence.scheduler.resource.Bundle;
import org.ringfence.scheduler.resource.Clone;
import org.ringfence.scheduler.resource.Group;
import org.ringfence.scheduler.resource.Primitive;
import org.ringfence.scheduler.resource.Replica;
import org.ringfence.scheduler.resource.Resource;
import org.ringfence.scheduler.resource.Role;

/** What colocations do to the scores of dependents: a primary that has been assigned draws them, or keeps them away. */
final class ColocationScores {
    private final Nodes nodes;

    ColocationScores(Nodes nodes) {
        this.nodes = nodes;
    }

    /** Lets the place of the primary, which has been assigned, bear on the scores of a dependent. */
    void follow(Colocation colocation, Resource dependent, int[] scores) {
        if (isPromoted(colocation.dependentRole(), dependent)) {
            // Decides who is promoted, not who runs where.
            return;
        }
        if (colocation.dependentRole() != Role.UNKNOWN
                && dependent.nextRole != Role.UNKNOWN
                && colocation.dependentRole() != dependent.nextRole
                && !(colocation.dependentRole() == Role.STARTED && dependent.nextRole.isActive())) {
            return;
        }
        followPrimary(colocation, dependent, scores);
    }

    /** Whether a colocation speaks of promoted instances, of a clone or of what is in containers. */
    static boolean isPromoted(Role role, Resource resource) {
        return role == Role.PROMOTED
                && (resource.promotable() || resource instanceof Bundle || resource.parent instanceof Bundle);
    }

    private void followPrimary(Colocation colocation, Resource dependent, int[] scores) {
        switch (colocation.primary()) {
            case Primitive primitive -> followNode(colocation, primitive, scores);
            case Group group -> {
                Primitive member = colocation.score() >= Score.INFINITY ? group.last() : group.first();
                followNode(colocation, member, scores);
            }
            case Clone clone -> followInstances(colocation, dependent, clone.instances, scores);
            case Bundle bundle -> {
                List<Resource> containers = new ArrayList<>();
                for (Replica replica : bundle.replicas) {
                    if (colocation.primaryRole() == Role.PROMOTED) {
                        if (replica.child == null || replica.child.nextRole != Role.PROMOTED) {
                            continue;
                        }
                    }
                    if (replica.container != null) {
                        containers.add(replica.container);
                    }
                }
                followAny(colocation, containers, scores);
            }
        }
    }

    private void followNode(Colocation colocation, Primitive primary, int[] scores) {
        if (colocation.primaryRole() != Role.UNKNOWN
                && !agrees(colocation.primaryRole(), primary.nextRole)
                && primary.assigned != null) {
            return;
        }
        ClusterNode node = primary.assigned;
        int score = colocation.score();
        if (node == null) {
            if (score >= Score.INFINITY) {
                java.util.Arrays.fill(scores, -Score.INFINITY);
            }
            return;
        }
        String value = value(node, colocation.nodeAttribute());
        for (ClusterNode each : nodes.all()) {
            if (Objects.equals(value, value(each, colocation.nodeAttribute())) && value != null) {
                if (score < Score.INFINITY) {
                    scores[each.index] = Score.add(scores[each.index], score);
                }
            } else if (score >= Score.INFINITY) {
                scores[each.index] = -Score.INFINITY;
            }
        }
    }

    private static boolean agrees(Role wanted, Role next) {
        return switch (wanted) {
            case PROMOTED -> next == Role.PROMOTED;
            case UNPROMOTED -> next == Role.UNPROMOTED;
            case STARTED -> next.isActive();
            case STOPPED -> next == Role.STOPPED;
            case UNKNOWN -> true;
        };
    }

    /**
     * Follows instances that have the wanted role. An instance of a clone with {@code interleave} depends on its neighbour,
     * all of it: where that is a group whose last member has no place, it has no neighbour.
     */
    private void followInstances(Colocation colocation, Resource dependent, List<Resource> instances, int[] scores) {
        Clone clone = dependent.cloneOf();
        boolean whole = clone != null && clone.interleave && colocation.score() >= Score.INFINITY;
        List<Resource> matching = new ArrayList<>();
        for (Resource instance : instances) {
            if (whole && instance instanceof Group group && group.last().assigned == null) {
                continue;
            }
            if (colocation.primaryRole() == Role.UNKNOWN || agrees(colocation.primaryRole(), roleOf(instance))) {
                matching.add(instance);
            }
        }
        followAny(colocation, matching, scores);
    }

    static Role roleOf(Resource instance) {
        return instance instanceof Group group ? group.first().nextRole : instance.nextRole;
    }

    static @Nullable ClusterNode nodeOf(Resource instance) {
        if (instance instanceof Group group) {
            return group.first().assigned;
        }
        return instance.assigned;
    }

    /** Mandatory: only where one of them is. Otherwise each adds or takes by itself. */
    private void followAny(Colocation colocation, List<Resource> instances, int[] scores) {
        boolean[] there = new boolean[nodes.count()];
        boolean byNode = colocation.nodeAttribute().equals(Colocation.BY_NODE);
        for (Resource instance : instances) {
            ClusterNode node = nodeOf(instance);
            if (node == null) {
                continue;
            }
            for (ClusterNode each : nodes.all()) {
                boolean same = byNode
                        ? each == node
                        : Objects.equals(
                                value(node, colocation.nodeAttribute()), value(each, colocation.nodeAttribute()));
                if (same) {
                    there[each.index] = true;
                    if (colocation.score() < Score.INFINITY) {
                        scores[each.index] = Score.add(scores[each.index], colocation.score());
                    }
                }
            }
        }
        if (colocation.score() >= Score.INFINITY) {
            for (int index = 0; index < there.length; index++) {
                if (!there[index]) {
                    scores[index] = -Score.INFINITY;
                }
            }
        }
    }

    static @Nullable String value(ClusterNode node, String attribute) {
        return attribute.equals(Colocation.BY_NODE) ? node.name : node.attribute(attribute);
    }
}
