package org.ringfence.scheduler.placement;

import java.util.ArrayList;
import java.util.Arrays;
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
    private final NodeChoice choice;

    ColocationScores(Nodes nodes, NodeChoice choice) {
        this.nodes = nodes;
        this.choice = choice;
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
            case Primitive _, Group _ -> followOne(colocation, colocation.primary(), scores);
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
                Arrays.fill(scores, -Score.INFINITY);
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

    private void followInstances(Colocation colocation, Resource dependent, List<Resource> instances, int[] scores) {
        List<Resource> matching = new ArrayList<>();
        for (Resource instance : instances) {
            if (colocation.score() >= Score.INFINITY && isBlocked(instance)) {
                // It failed, and nothing may be done about it: nobody can rely on it.
                continue;
            }
            if (colocation.primaryRole() == Role.UNKNOWN || agrees(colocation.primaryRole(), roleOf(instance))) {
                matching.add(instance);
            }
        }
        if (interleaves(colocation)) {
            followNeighbour(colocation, dependent, matching, scores);
        } else {
            followAny(colocation, matching, scores);
        }
    }

    private static boolean isBlocked(Resource instance) {
        boolean[] blocked = new boolean[1];
        instance.visitPrimitives(primitive -> blocked[0] |= primitive.blocked);
        return blocked[0];
    }

    private static boolean interleaves(Colocation colocation) {
        return colocation.dependent() instanceof Clone dependent
                && colocation.primary() instanceof Clone primary
                && dependent.interleave
                && dependent.nodeMax == primary.nodeMax
                && colocation.primaryRole() == Role.UNKNOWN;
    }

    /**
     * An instance of a clone with {@code interleave} is with one instance of the other clone: the one on the node that it
     * would rather be on.
     */
    private void followNeighbour(Colocation colocation, Resource dependent, List<Resource> instances, int[] scores) {
        Resource neighbour = null;
        for (Resource instance : instances) {
            ClusterNode node = nodeOf(instance);
            if (node != null && (neighbour == null || isPreferred(node, nodeOf(neighbour), dependent.scores))) {
                neighbour = instance;
            }
        }
        if (neighbour != null) {
            followOne(colocation, neighbour, scores);
        } else if (colocation.score() >= Score.INFINITY) {
            Arrays.fill(scores, -Score.INFINITY);
        }
    }

    private boolean isPreferred(ClusterNode node, @Nullable ClusterNode other, int[] scores) {
        return other == null || choice.compare(node, other, scores, null) < 0;
    }

    /** All of a group has to be up for what has to be with it, so its last member counts. */
    private void followOne(Colocation colocation, Resource primary, int[] scores) {
        switch (primary) {
            case Primitive primitive -> followNode(colocation, primitive, scores);
            case Group group ->
                followNode(colocation, colocation.score() >= Score.INFINITY ? group.last() : group.first(), scores);
            case Clone _, Bundle _ -> throw new IllegalStateException(primary + " is no instance");
        }
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
