package org.ringfence.scheduler.placement;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.ringfence.model.value.Score;
import org.ringfence.scheduler.cluster.ClusterNode;
import org.ringfence.scheduler.cluster.Nodes;
import org.ringfence.scheduler.cluster.Options;
import org.ringfence.scheduler.constraint.Colocation;
import org.ringfence.scheduler.constraint.RoleLocation;
import org.ringfence.scheduler.resource.Bundle;
import org.ringfence.scheduler.resource.Clone;
import org.ringfence.scheduler.resource.Group;
import org.ringfence.scheduler.resource.Primitive;
import org.ringfence.scheduler.resource.Replica;
import org.ringfence.scheduler.resource.Resource;
import org.ringfence.scheduler.resource.Role;

/** Chooses which instances of a promotable clone are promoted, once all have their nodes. */
final class Promotion {
    /** The score of one that comes after all others. */
    private static final int LAST = 1;

    private final Options options;
    private final Nodes nodes;
    private final Wishes wishes;

    Promotion(Options options, Nodes nodes, Wishes wishes) {
        this.options = options;
        this.nodes = nodes;
        this.wishes = wishes;
    }

    void choose(Clone clone) {
        Map<Resource, Integer> scores = new HashMap<>();
        List<Resource> candidates = new ArrayList<>();
        for (Resource instance : clone.instances) {
            ClusterNode node = ColocationScores.nodeOf(instance);
            if (node == null) {
                continue;
            }
            candidates.add(instance);
            scores.put(instance, score(clone, instance, node));
        }
        Map<Resource, Integer> own = new LinkedHashMap<>(scores);
        addWishes(clone, candidates, scores);
        candidates.sort(Comparator.comparingInt((Resource instance) -> -scoreOf(scores, instance))
                .thenComparing(instance -> role(instance) != Role.PROMOTED)
                .thenComparingInt(instance -> -scoreOf(own, instance))
                .thenComparingInt(instance -> instance.position));
        candidates.forEach(instance -> instance.state.promotionScore = scoreOf(scores, instance));
        int[] promotedOn = new int[nodes.count()];
        int promoted = 0;
        for (Resource instance : candidates) {
            ClusterNode node = Objects.requireNonNull(ColocationScores.nodeOf(instance));
            boolean may = promoted < clone.promotedMax
                    && scoreOf(scores, instance) >= 0
                    && promotedOn[node.index] < clone.promotedNodeMax
                    && mayBePromoted(instance)
                    && !isFrozen(instance)
                    && comesUp(instance);
            if (may) {
                promoted++;
                promotedOn[node.index]++;
                setRole(instance, Role.PROMOTED);
                clone.nextRole = Role.PROMOTED;
            } else {
                setRole(instance, Role.UNPROMOTED);
            }
        }
    }

    private static int scoreOf(Map<Resource, Integer> scores, Resource instance) {
        return scores.getOrDefault(instance, -Score.INFINITY);
    }

    private static Role role(Resource instance) {
        return instance instanceof Group group ? group.first().role : instance.role;
    }

    private static void setRole(Resource instance, Role role) {
        instance.visitPrimitives(primitive -> {
            if (primitive.managed && primitive.assigned != null && primitive.nextRole.isActive()) {
                primitive.nextRole = role;
            }
        });
        if (instance.nextRole.isActive()) {
            instance.nextRole = role;
        }
    }

    /** What is in a container is promoted only when that and the connection to it are going to be there. */
    private static boolean comesUp(Resource instance) {
        Replica replica = instance instanceof Primitive primitive ? primitive.replica : null;
        return replica == null
                || (replica.container != null
                        && replica.container.assigned != null
                        && replica.connection != null
                        && replica.connection.assigned != null);
    }

    /** Without a quorum: where that freezes roles, what is promoted already may stay so; where it demotes, nothing may. */
    private boolean isFrozen(Resource instance) {
        return !options.quorate()
                && switch (options.noQuorumPolicy()) {
                    case FREEZE -> role(instance) != Role.PROMOTED;
                    case DEMOTE -> true;
                    case STOP, FENCE, IGNORE -> false;
                };
    }

    private static boolean mayBePromoted(Resource instance) {
        boolean[] may = {true};
        instance.visitPrimitives(primitive -> {
            // One that could not be promoted is set right first, and others have their turn.
            boolean wanted = primitive.settings.targetRole() != Role.UNPROMOTED
                    && primitive.nextRole != Role.STOPPED
                    && !primitive.state.promotionFailed;
            may[0] &= primitive.managed ? wanted : primitive.role == Role.PROMOTED;
        });
        return may[0];
    }

    private int score(Clone clone, Resource instance, ClusterNode node) {
        boolean said = false;
        for (Primitive primitive : primitives(instance)) {
            said |= PromotionScores.isSaid(primitive, node);
        }
        int score = said ? PromotionScores.of(instance, node) : PromotionScores.NONE;
        int byAgent = score;
        instance.bookPromotion(score, () -> Causes.promotionScore(instance, node, byAgent));
        if (staysPromoted(instance)) {
            instance.bookPromotion(Score.INFINITY, () -> Causes.unmanaged(instance));
            return Score.INFINITY;
        }
        for (RoleLocation location : clone.roleLocations) {
            score = Score.add(score, location.on(node));
            instance.bookPromotion(score, () -> location.cause);
        }
        if (clone.parent instanceof Bundle bundle && instance instanceof Primitive inside) {
            int withColocations = RoleColocations.inBundle(bundle, inside, score);
            instance.bookPromotion(withColocations, () -> Causes.colocations(bundle));
            return withColocations;
        }
        for (Colocation colocation : Placing.asDependent(clone)) {
            if (RoleColocations.concerns(colocation)) {
                score = RoleColocations.with(colocation, node, score);
                instance.bookPromotion(score, () -> Causes.colocation(colocation));
            }
        }
        return score;
    }

    private static boolean staysPromoted(Resource instance) {
        return !instance.managed && role(instance) == Role.PROMOTED;
    }

    private static List<Primitive> primitives(Resource instance) {
        var found = new ArrayList<Primitive>();
        instance.visitPrimitives(found::add);
        return found;
    }

    /**
     * How much the clone is wanted on a node, and what is to be with the promoted one, have a say in which one that is; but where
     * one would be promoted without that, it still comes last rather than never.
     */
    private void addWishes(Clone clone, List<Resource> candidates, Map<Resource, Integer> scores) {
        int[] work = clone.scores.clone();
        for (Resource instance : candidates) {
            int score = scoreOf(scores, instance);
            if (score >= 0) {
                ClusterNode node = Objects.requireNonNull(ColocationScores.nodeOf(instance));
                work[node.index] = Score.add(work[node.index], score);
            }
        }
        for (Colocation colocation : Placing.asPrimary(clone)) {
            if (colocation.primaryRole() == Role.PROMOTED && Wishes.counts(colocation)) {
                work = wishes.withDependentOfPromoted(colocation, work);
            }
        }
        for (Resource instance : candidates) {
            ClusterNode node = Objects.requireNonNull(ColocationScores.nodeOf(instance));
            int sum = work[node.index];
            scores.computeIfPresent(instance, (_, score) -> wished(score, sum, staysPromoted(instance)));
            instance.bookPromotion(scoreOf(scores, instance), () -> Causes.wishes(clone));
        }
    }

    /** What must not be promoted is not promoted for being wanted; what is not managed stays promoted. */
    private static int wished(int score, int sum, boolean stays) {
        if (score < 0 || stays) {
            return score;
        }
        return score > 0 && sum < 0 ? LAST : sum;
    }
}
