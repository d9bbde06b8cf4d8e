package org.ringfence.scheduler.placement;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
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

/** What colocations do to scores: an assigned primary draws its dependents, and dependents' wishes draw the primary. */
final class ColocationScores {
    /** Usable, though not wanted; lower than any score, so that nothing is added to it. */
    private static final int JUST_WANTED = Integer.MIN_VALUE;

    private final Nodes nodes;
    private final Set<Resource> visiting = new HashSet<>();

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
    private static boolean isPromoted(Role role, Resource resource) {
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

    private static @Nullable String value(ClusterNode node, String attribute) {
        return attribute.equals(Colocation.BY_NODE) ? node.name : node.attribute(attribute);
    }

    /**
     * A resource's scores with those of all that it depends on, each as far as its colocation weighs. A group's last member
     * depends on all the others.
     */
    int[] withPrimaries(Resource resource) {
        Resource dependent = resource instanceof Group group ? group.last() : resource;
        return withPrimaries(dependent, dependent.scores.clone(), 1);
    }

    private int[] withPrimaries(Resource dependent, int[] scores, float factor) {
        int[] work = scores;
        visiting.add(dependent);
        for (Colocation colocation : Placing.asDependent(dependent)) {
            Resource primary = colocation.primary() instanceof Group group ? group.first() : colocation.primary();
            if (!visiting.contains(primary)) {
                float weight = factor * colocation.score() / Score.INFINITY;
                int[] added = work.clone();
                addWishes(primary, added, weight, colocation.nodeAttribute(), false);
                work = usable(added) ? withPrimaries(primary, added, weight) : added;
            }
        }
        visiting.remove(dependent);
        return work;
    }

    /** Adds the wishes of a resource's dependents to its scores, each as far as its colocation weighs. */
    void addDependents(Resource primary) {
        int[] work = primary.scores.clone();
        for (Colocation colocation : Placing.asPrimary(primary)) {
            work = withDependent(primary, colocation, work);
        }
        System.arraycopy(work, 0, primary.scores, 0, work.length);
    }

    /** Adds the wishes of one dependent, and of those who depend on it in turn. */
    int[] withDependent(Resource primary, Colocation colocation, int[] scores) {
        if (!counts(colocation) || isPromoted(colocation.primaryRole(), primary)) {
            return scores;
        }
        visiting.add(primary);
        int[] work = primary instanceof Clone
                ? withWishesForAny(colocation, scores)
                : withWishes(colocation, scores, weight(colocation), false);
        visiting.remove(primary);
        return work;
    }

    private static boolean counts(Colocation colocation) {
        return colocation.influence() || colocation.dependent().active.isEmpty();
    }

    /**
     * The same, for a primary that has several instances: that a dependent does not want a node is no reason to take an
     * instance away from it. A node that can be used still can.
     */
    int[] withWishesForAny(Colocation colocation, int[] scores) {
        int[] work = withWishes(colocation, scores, weight(colocation), true);
        for (int index = 0; index < work.length; index++) {
            if (work[index] == JUST_WANTED) {
                work[index] = 1;
            }
        }
        return work;
    }

    /** How much those that it is to be with, and those that are to be with it, want an instance where it is. */
    int wishHere(Resource instance, ClusterNode current) {
        int[] work = new int[nodes.count()];
        java.util.Arrays.fill(work, -Score.INFINITY);
        work[current.index] = 0;
        visiting.add(instance);
        for (Colocation colocation : Placing.asDependent(instance)) {
            work = withWishes(colocation, colocation.primary(), work, weight(colocation), false);
        }
        for (Colocation colocation : Placing.asPrimary(instance)) {
            if (counts(colocation)) {
                work = withWishesForAny(colocation, work);
            }
        }
        visiting.remove(instance);
        return work[current.index];
    }

    private static float weight(Colocation colocation) {
        return colocation.score() / (float) Score.INFINITY;
    }

    private int[] withWishes(Colocation colocation, int[] scores, float factor, boolean forAny) {
        return withWishes(colocation, colocation.dependent(), scores, factor, forAny);
    }

    private int[] withWishes(Colocation colocation, Resource other, int[] scores, float factor, boolean forAny) {
        Resource dependent = other instanceof Group group && group.colocated ? group.first() : other;
        if (visiting.contains(dependent) || visiting.contains(other)) {
            return scores;
        }
        visiting.add(dependent);
        int[] work = scores.clone();
        addWishes(dependent, work, factor, colocation.nodeAttribute(), forAny);
        if (usable(work)) {
            for (Colocation next : Placing.asPrimary(dependent)) {
                if (counts(next)) {
                    work = withWishes(next, work, factor * next.score() / Score.INFINITY, forAny);
                }
            }
        } else {
            work = scores;
        }
        visiting.remove(dependent);
        return work;
    }

    private void addWishes(Resource dependent, int[] work, float factor, String attribute, boolean forAny) {
        boolean byNode = attribute.equals(Colocation.BY_NODE);
        for (ClusterNode node : nodes.all()) {
            int before = work[node.index];
            int wish = byNode ? dependent.scores[node.index] : best(dependent, node, attribute);
            if (factor < 0 && wish < 0) {
                // That one dislikes a node is no reason to like it for who must not be with it.
                continue;
            }
            if (before <= -Score.INFINITY) {
                continue;
            }
            int added = Score.add(before, weighed(wish, factor));
            work[node.index] = forAny && before >= 0 && added < 0 ? JUST_WANTED : added;
        }
    }

    /** What little is left of a wish still counts. */
    private static int weighed(int wish, float factor) {
        int rounded = Math.round(factor * wish);
        if (rounded != 0 || wish == 0) {
            return Score.bounded(rounded);
        }
        return (factor > 0) == (wish > 0) ? 1 : -1;
    }

    private int best(Resource dependent, ClusterNode like, String attribute) {
        String value = value(like, attribute);
        int best = -Score.INFINITY;
        for (ClusterNode node : nodes.all()) {
            if (value != null
                    && value.equals(value(node, attribute))
                    && dependent.scores[node.index] > best
                    && node.available()) {
                best = dependent.scores[node.index];
            }
        }
        return best;
    }

    private boolean usable(int[] scores) {
        for (ClusterNode node : nodes.all()) {
            if (scores[node.index] >= 0 && node.available()) {
                return true;
            }
        }
        return false;
    }
}
