package org.ringfence.scheduler.placement;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.ringfence.model.value.Score;
import org.ringfence.scheduler.cluster.ClusterNode;
import org.ringfence.scheduler.cluster.Nodes;
import org.ringfence.scheduler.cluster.Options;
import org.ringfence.scheduler.constraint.Colocation;
import org.ringfence.scheduler.resource.Clone;
import org.ringfence.scheduler.resource.Group;
import org.ringfence.scheduler.resource.Primitive;
import org.ringfence.scheduler.resource.Resource;

/** Keeps account of what nodes offer and resources take; nodes that cannot hold a resource are not chosen for it. */
final class Utilization {
    private final Options options;
    private final Nodes nodes;

    Utilization(Options options, Nodes nodes) {
        this.options = options;
        this.nodes = nodes;
    }

    private boolean counts() {
        return options.placementStrategy() != Options.PlacementStrategy.DEFAULT;
    }

    @Nullable
    ClusterNode best(Primitive primitive, int[] scores, NodeChoice choice) {
        if (!counts()) {
            return choice.best(primitive, scores);
        }
        // Those that must be together are put where all of them fit, if there is such a place.
        Map<String, Integer> together = new HashMap<>();
        together(primitive).forEach(each -> add(together, each.utilization));
        boolean someFit = false;
        for (ClusterNode node : nodes.all()) {
            if (NodeChoice.usable(node) && scores[node.index] >= 0 && fits(node, together)) {
                someFit = true;
            }
        }
        boolean allFit = someFit;
        Map<String, Integer> wanted = allFit ? together : primitive.utilization;
        for (ClusterNode node : nodes.all()) {
            if (!fits(node, wanted)) {
                scores[node.index] = -Score.INFINITY;
                primitive.book(() -> Causes.utilization(node, wanted, allFit));
            }
        }
        ClusterNode best = choice.best(primitive, scores);
        if (allFit || best == null) {
            return best;
        }
        // Where there is most room, most of them will find a place.
        ClusterNode roomiest = roomiest(best, scores);
        return scores[roomiest.index] >= scores[best.index] ? roomiest : best;
    }

    private ClusterNode roomiest(ClusterNode best, int[] scores) {
        ClusterNode found = best;
        for (ClusterNode node : nodes.all()) {
            if (NodeChoice.usable(node) && scores[node.index] >= 0 && NodeChoice.capacity(node, found) > 0) {
                found = node;
            }
        }
        return found;
    }

    /** A resource, all that it has to be with or that has to be with it, all those of these, and so on, as far as not placed yet. */
    private static Set<Primitive> together(Primitive resource) {
        Set<Primitive> together = new LinkedHashSet<>();
        Deque<Resource> waiting = new ArrayDeque<>(List.of(resource));
        while (!waiting.isEmpty()) {
            Resource next = waiting.poll();
            if (next instanceof Group group) {
                waiting.addAll(group.members);
            } else if (next instanceof Clone clone
                    && !clone.instances.isEmpty()
                    && clone.instances.stream().noneMatch(together::contains)) {
                // With the others it takes its instances along, of which one is enough to be with it.
                waiting.add(clone.instances.getFirst());
            } else if (next instanceof Primitive primitive && primitive.provisional && together.add(primitive)) {
                waiting.addAll(inseparable(primitive));
            }
        }
        return together;
    }

    private static List<Resource> inseparable(Primitive primitive) {
        List<Resource> found = new ArrayList<>();
        for (Colocation colocation : Placing.asDependent(primitive)) {
            if (colocation.score() >= Score.INFINITY) {
                found.add(colocation.primary());
            }
        }
        for (Colocation colocation : Placing.asPrimary(primitive)) {
            // With which instance of a clone someone will be is not known.
            boolean sure = primitive.cloneOf() == null || colocation.dependent().cloneOf() != null;
            if (colocation.score() >= Score.INFINITY && sure) {
                found.add(colocation.dependent());
            }
        }
        return found;
    }

    private static void add(Map<String, Integer> sum, Map<String, Integer> amounts) {
        amounts.forEach((name, amount) -> sum.merge(name, amount, Integer::sum));
    }

    private static boolean fits(ClusterNode node, Map<String, Integer> wanted) {
        for (Map.Entry<String, Integer> amount : wanted.entrySet()) {
            if (amount.getValue() > node.capacity.getOrDefault(amount.getKey(), 0)) {
                return false;
            }
        }
        return true;
    }

    void take(Primitive primitive, ClusterNode node) {
        if (counts()) {
            primitive.utilization.forEach((name, amount) -> {
                if (node.capacity.containsKey(name)) {
                    node.capacity.merge(name, -amount, Integer::sum);
                }
            });
        }
    }

    void giveBack(Primitive primitive, ClusterNode node) {
        if (counts()) {
            primitive.utilization.forEach((name, amount) -> {
                if (node.capacity.containsKey(name)) {
                    node.capacity.merge(name, amount, Integer::sum);
                }
            });
        }
    }
}
