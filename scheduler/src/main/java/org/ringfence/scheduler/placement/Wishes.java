package org.ringfence.scheduler.placement;

import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.ringfence.model.value.Score;
import org.ringfence.scheduler.cluster.ClusterNode;
import org.ringfence.scheduler.cluster.Nodes;
import org.ringfence.scheduler.constraint.Colocation;
import org.ringfence.scheduler.resource.Clone;
import org.ringfence.scheduler.resource.Group;
import org.ringfence.scheduler.resource.Resource;

/**
 * Where the resources at the other ends of colocations want to be, as far as that concerns a resource: each wish weighs as much
 * as its colocation, and what depends on a dependent in turn has a say too, if less. A voice that would come through too long a chain is
 * not heard any more.
 */
final class Wishes {
    /** A node that was wanted and now just can be used; lower than any score, so that nothing is added to it. */
    private static final int USABLE = Integer.MIN_VALUE;

    /**
     * How wishes are added.
     *
     * @param forAny   the primary has several instances: that a dependent does not want a node is no reason to take an instance
     *                 away from it, so a node that can be used still can
     * @param orNone   wishes that leave no usable node are not granted
     */
    private record Manner(boolean forAny, boolean orNone) {
        static final Manner FOR_ONE = new Manner(false, true);
        static final Manner FOR_ANY = new Manner(true, true);
        static final Manner OF_PRIMARIES = new Manner(false, false);
        static final Manner OF_DEPENDENTS = new Manner(true, false);
    }

    private final Nodes nodes;
    private final Map<Resource, List<Colocation>> dependents = new HashMap<>();
    /** Those whose wishes are being asked for, to notice going in circles. */
    private final Set<Resource> visiting = new HashSet<>();
    /** What was asked already for the question at hand: each colocation counts once, by whatever way it is come to. */
    private final Set<Colocation> asked = new HashSet<>();

    Wishes(Nodes nodes) {
        this.nodes = nodes;
    }

    /**
     * A resource's scores with those of all that it depends on, each as far as its colocation weighs. A group's last member
     * depends on all the others.
     */
    int[] withPrimaries(Resource resource) {
        Resource dependent = resource instanceof Group group ? group.last() : resource;
        asked.clear();
        return withPrimaries(dependent, dependent.scores.clone(), 1);
    }

    private int[] withPrimaries(Resource dependent, int[] scores, float factor) {
        int[] work = scores;
        visiting.add(dependent);
        for (Colocation colocation : Placing.asDependent(dependent)) {
            Resource primary = colocation.primary() instanceof Group group ? group.first() : colocation.primary();
            if (!visiting.contains(primary) && visiting.size() < LongChains.LONG && asked.add(colocation)) {
                float weight = factor * colocation.score() / Score.INFINITY;
                int[] added = work.clone();
                addWishes(colocation, primary, added, weight, Manner.OF_PRIMARIES);
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
        if (!counts(colocation)) {
            return scores;
        }
        visiting.add(primary);
        Manner manner = primary instanceof Clone ? Manner.FOR_ANY : Manner.FOR_ONE;
        int[] work = withWishes(colocation, colocation.dependent(), scores, manner);
        visiting.remove(primary);
        return work;
    }

    /** Whether a dependent has a say: one without influence has none once its primary is active, and is not to move it. */
    static boolean counts(Colocation colocation) {
        return colocation.influence() || colocation.primary().active.isEmpty();
    }

    /** The same for a clone whose instances' promotion scores these are. */
    int[] withDependentOfPromoted(Colocation colocation, int[] scores) {
        return withWishes(colocation, colocation.dependent(), scores, Manner.FOR_ANY);
    }

    /** How much those that it is to be with, and those that are to be with it, want an instance where it is. */
    int wishHere(Resource instance, ClusterNode current) {
        int[] work = new int[nodes.count()];
        Arrays.fill(work, -Score.INFINITY);
        work[current.index] = 0;
        visiting.add(instance);
        for (Colocation colocation : Placing.asDependent(instance)) {
            work = withWishes(colocation, colocation.primary(), work, Manner.OF_PRIMARIES);
        }
        for (Colocation colocation : Placing.asPrimary(instance)) {
            if (counts(colocation)) {
                work = withWishes(colocation, colocation.dependent(), work, Manner.OF_DEPENDENTS);
            }
        }
        visiting.remove(instance);
        return work[current.index];
    }

    private int[] withWishes(Colocation colocation, Resource other, int[] scores, Manner manner) {
        asked.clear();
        int[] work = withWishes(colocation, other, scores, colocation.score() / (float) Score.INFINITY, manner);
        for (int index = 0; index < work.length; index++) {
            if (work[index] == USABLE) {
                work[index] = 1;
            }
        }
        return work;
    }

    private int[] withWishes(Colocation colocation, Resource other, int[] scores, float factor, Manner manner) {
        Resource dependent = other instanceof Group group && group.colocated ? group.first() : other;
        if (visiting.contains(dependent) || visiting.contains(other)) {
            return scores;
        }
        visiting.add(dependent);
        int[] work = scores.clone();
        addWishes(colocation, dependent, work, factor, manner);
        if (usable(work)) {
            for (Colocation next : dependents.computeIfAbsent(dependent, Placing::asPrimary)) {
                if (counts(next) && visiting.size() < LongChains.LONG && asked.add(next)) {
                    float weight = factor * next.score() / Score.INFINITY;
                    work = withWishes(next, next.dependent(), work, weight, manner);
                }
            }
        } else if (manner.orNone) {
            work = scores;
        }
        visiting.remove(dependent);
        return work;
    }

    private void addWishes(Colocation colocation, Resource other, int[] work, float factor, Manner manner) {
        int[] wanted = wanted(colocation, other);
        for (ClusterNode node : nodes.all()) {
            int before = work[node.index];
            int wish = best(wanted, node, colocation.nodeAttribute());
            if (factor < 0 && wish < 0) {
                // That one dislikes a node is no reason to like it for who must not be with it.
                continue;
            }
            if (before <= -Score.INFINITY) {
                continue;
            }
            int added = Score.add(before, weighed(wish, factor));
            if (manner.forAny && before >= 0 && added < 0) {
                work[node.index] = before == 0 ? 0 : USABLE;
            } else {
                work[node.index] = added;
            }
        }
    }

    /** What little is left of a wish, of whatever kind, speaks for being together, or for being apart. */
    private static int weighed(int wish, float factor) {
        int rounded = Math.round(factor * wish);
        if (rounded != 0 || wish == 0) {
            return Score.bounded(rounded);
        }
        return factor > 0 ? 1 : -1;
    }

    /** A group's location is kept with its first member; it is also that of another one which is spoken of by itself. */
    private static int[] wanted(Colocation colocation, Resource other) {
        boolean inner = colocation.explicit()
                && other == colocation.dependent()
                && other.parent instanceof Group group
                && group.first() != other;
        if (!inner || other.parent == null) {
            return other.scores;
        }
        int[] scores = other.scores.clone();
        for (int index = 0; index < scores.length; index++) {
            scores[index] = Score.add(scores[index], other.parent.scores[index]);
        }
        return scores;
    }

    /** What the best of the nodes that have the same value is to it; those that cannot be used do not count. */
    private int best(int[] scores, ClusterNode like, String attribute) {
        if (attribute.equals(Colocation.BY_NODE)) {
            return NodeChoice.usable(like) ? scores[like.index] : -Score.INFINITY;
        }
        String value = ColocationScores.value(like, attribute);
        int best = -Score.INFINITY;
        for (ClusterNode node : nodes.all()) {
            if (value != null
                    && value.equals(ColocationScores.value(node, attribute))
                    && scores[node.index] > best
                    && NodeChoice.usable(node)) {
                best = scores[node.index];
            }
        }
        return best;
    }

    private boolean usable(int[] scores) {
        for (ClusterNode node : nodes.all()) {
            if (scores[node.index] >= 0 && NodeChoice.usable(node)) {
                return true;
            }
        }
        return false;
    }
}
