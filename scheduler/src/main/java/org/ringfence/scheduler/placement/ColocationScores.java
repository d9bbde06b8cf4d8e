package org.ringfence.scheduler.placement;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.ringfence.model.value.Score;
import org.ringfence.scheduler.cluster.ClusterNode;
import org.ringfence.scheduler.cluster.Nodes;
import org.ringfence.scheduler.constraint.Colocation;
import org.ringfence.scheduler.resource.Bundle;
import org.ringfence.scheduler.resource.Clone;
import org.ringfence.scheduler.resource.Collective;
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
        // Which role it is to have may not be known yet. Then a single primary says nothing; one of several instances
        // does.
        boolean open = dependent.nextRole == Role.UNKNOWN
                && colocation.primary() instanceof Collective
                && !(colocation.primary() instanceof Group);
        if (colocation.dependentRole() != Role.UNKNOWN && !open && colocation.dependentRole() != dependent.nextRole) {
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
                List<Primitive> containers = new ArrayList<>();
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
                if (colocation.score() >= Score.INFINITY) {
                    onlyWith(colocation, containers, scores);
                } else {
                    containers.forEach(container -> followPlace(colocation, container.assigned, scores));
                }
            }
        }
    }

    private void followNode(Colocation colocation, Primitive primary, int[] scores) {
        if (colocation.primaryRole() != Role.UNKNOWN
                && !agrees(colocation.primaryRole(), primary.nextRole)
                && primary.assigned != null) {
            return;
        }
        followPlace(colocation, primary.assigned, scores);
    }

    private void followPlace(Colocation colocation, @Nullable ClusterNode place, int[] scores) {
        if (place == null && colocation.score() < 0) {
            return;
        }
        int[] work = scores.clone();
        for (ClusterNode node : nodes.all()) {
            work[node.index] = Score.add(work[node.index], drawn(colocation, place, node));
        }
        if (colocation.isMandatory() || anyUsable(work)) {
            System.arraycopy(work, 0, scores, 0, scores.length);
        }
    }

    /** What a primary's place means for a node. That one who has none is wished for speaks against all nodes alike. */
    private static int drawn(Colocation colocation, @Nullable ClusterNode place, ClusterNode node) {
        boolean must = colocation.score() >= Score.INFINITY;
        if (place == null) {
            return -colocation.score();
        }
        if (isSame(colocation, place, node)) {
            // That it has to be somewhere makes that place no better than it is.
            return must ? 0 : colocation.score();
        }
        return must ? -Score.INFINITY : 0;
    }

    private static boolean isSame(Colocation colocation, ClusterNode left, ClusterNode right) {
        String value = value(left, colocation.nodeAttribute());
        return value != null && value.equals(value(right, colocation.nodeAttribute()));
    }

    private boolean anyUsable(int[] scores) {
        for (ClusterNode node : nodes.all()) {
            if (scores[node.index] >= 0 && NodeChoice.usable(node)) {
                return true;
            }
        }
        return false;
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
        if (colocation.primaryRole() != Role.UNKNOWN) {
            followRole(colocation, instances, scores);
        } else if (interleaves(colocation)) {
            followNeighbour(colocation, dependent, instances, scores);
        } else if (colocation.score() >= Score.INFINITY) {
            onlyWith(colocation, instances, scores);
        } else {
            instances.forEach(instance -> followOne(colocation, instance, scores));
        }
    }

    /** Those that have a role draw with what they are wanted there for themselves. */
    private void followRole(Colocation colocation, List<Resource> instances, int[] scores) {
        List<Resource> matching = new ArrayList<>();
        for (Resource instance : instances) {
            ClusterNode place = nodeOf(instance);
            if (place == null || !agrees(colocation.primaryRole(), roleOf(instance))) {
                continue;
            }
            matching.add(instance);
            for (ClusterNode node : nodes.all()) {
                if (isSame(colocation, place, node)) {
                    int drawn = colocation.score() < Score.INFINITY ? colocation.score() : scoreOf(instance, place);
                    scores[node.index] = Score.add(scores[node.index], drawn);
                }
            }
        }
        if (colocation.score() >= Score.INFINITY) {
            onlyWith(colocation, matching, scores);
        }
    }

    private static int scoreOf(Resource instance, ClusterNode node) {
        Resource placed = instance instanceof Group group ? group.first() : instance;
        return placed.managed ? placed.scores[node.index] : 0;
    }

    /** Leaves the nodes that one of them is on. One that failed and may not be touched is nothing to rely on. */
    private void onlyWith(Colocation colocation, List<? extends Resource> primaries, int[] scores) {
        for (ClusterNode node : nodes.all()) {
            boolean there = primaries.stream().anyMatch(primary -> {
                ClusterNode place = nodeOf(primary);
                return place != null && isSame(colocation, place, node) && !isBlocked(primary);
            });
            if (!there) {
                scores[node.index] = -Score.INFINITY;
            }
        }
    }

    private static boolean isBlocked(Resource instance) {
        boolean[] blocked = new boolean[1];
        instance.visitPrimitives(primitive -> blocked[0] |= primitive.blocked);
        return blocked[0];
    }

    /** Whether each instance of the dependent has an instance of the primary for itself. */
    static boolean interleaves(Colocation colocation) {
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
            dependent.state.placedByLoad |= !isOnlyBest(nodeOf(neighbour), instances, dependent.scores);
            followOne(colocation, neighbour, scores);
        } else if (colocation.score() >= Score.INFINITY) {
            Arrays.fill(scores, -Score.INFINITY);
        }
    }

    private static boolean isOnlyBest(@Nullable ClusterNode best, List<Resource> instances, int[] scores) {
        if (best == null || scores[best.index] <= -Score.INFINITY) {
            return true;
        }
        for (Resource instance : instances) {
            ClusterNode node = nodeOf(instance);
            if (node != null && node != best && scores[node.index] == scores[best.index]) {
                return false;
            }
        }
        return true;
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

    static @Nullable String value(ClusterNode node, String attribute) {
        return attribute.equals(Colocation.BY_NODE) ? node.name : node.attribute(attribute);
    }
}
