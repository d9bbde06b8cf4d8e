package org.ringfence.scheduler.placement;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
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
    private final Options options;
    private final Nodes nodes;
    private final ColocationScores colocations;

    Promotion(Options options, Nodes nodes, ColocationScores colocations) {
        this.options = options;
        this.nodes = nodes;
        this.colocations = colocations;
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
        addWishes(clone, candidates, scores);
        candidates.sort(Comparator.comparingInt((Resource instance) -> -scoreOf(scores, instance))
                .thenComparing(instance -> role(instance) != Role.PROMOTED)
                .thenComparingInt(instance -> instance.position));
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

    /** Without a quorum and where that freezes roles, what is promoted already may stay so, but nothing else. */
    private boolean isFrozen(Resource instance) {
        return !options.quorate()
                && options.noQuorumPolicy() == Options.QuorumPolicy.FREEZE
                && role(instance) != Role.PROMOTED;
    }

    private static boolean mayBePromoted(Resource instance) {
        boolean[] may = {true};
        instance.visitPrimitives(primitive -> {
            boolean wanted = primitive.settings.targetRole() != Role.UNPROMOTED && primitive.nextRole != Role.STOPPED;
            may[0] &= primitive.managed ? wanted : primitive.role == Role.PROMOTED;
        });
        return may[0];
    }

    private int score(Clone clone, Resource instance, ClusterNode node) {
        boolean said = false;
        for (Primitive primitive : primitives(instance)) {
            String attribute = PromotionScores.attribute(primitive, node);
            if (attribute != null) {
                said = true;
            }
        }
        int score = said ? PromotionScores.of(instance, node) : PromotionScores.NONE;
        if (!instance.managed && role(instance) == Role.PROMOTED) {
            return Score.INFINITY;
        }
        for (RoleLocation location : clone.roleLocations) {
            score = Score.add(score, location.on(node));
        }
        if (clone.parent instanceof Bundle bundle && instance instanceof Primitive inside) {
            return BundlePromotion.withColocations(bundle, inside, score);
        }
        for (Colocation colocation : Placing.asDependent(clone)) {
            if (colocation.dependentRole() == Role.PROMOTED) {
                int[] follow = new int[nodes.count()];
                var plain = new Colocation(
                        colocation.id(),
                        colocation.dependent(),
                        colocation.primary(),
                        colocation.score(),
                        Role.UNKNOWN,
                        colocation.primaryRole(),
                        colocation.nodeAttribute(),
                        colocation.influence());
                colocations.follow(plain, clone, follow);
                if (colocation.score() >= Score.INFINITY && follow[node.index] == 0) {
                    follow[node.index] = Score.INFINITY;
                }
                score = Score.add(score, follow[node.index]);
            }
        }
        return score;
    }

    private static List<Primitive> primitives(Resource instance) {
        var found = new ArrayList<Primitive>();
        instance.visitPrimitives(found::add);
        return found;
    }

    /**
     * Who is to be with the promoted one has a say in which one that is; but where one would be promoted without that, it
     * still comes last rather than never.
     */
    private void addWishes(Clone clone, List<Resource> candidates, Map<Resource, Integer> scores) {
        for (Colocation colocation : Placing.asPrimary(clone)) {
            if (colocation.primaryRole() != Role.PROMOTED || !colocation.influence()) {
                continue;
            }
            int[] work = new int[nodes.count()];
            for (Resource instance : candidates) {
                ClusterNode node = Objects.requireNonNull(ColocationScores.nodeOf(instance));
                work[node.index] = scoreOf(scores, instance);
            }
            work = colocations.withWishes(colocation, work, colocation.score() / (float) Score.INFINITY);
            for (Resource instance : candidates) {
                ClusterNode node = Objects.requireNonNull(ColocationScores.nodeOf(instance));
                boolean refused = scoreOf(scores, instance) > 0 && work[node.index] < 0;
                scores.put(instance, refused ? 1 : work[node.index]);
            }
        }
    }
}
