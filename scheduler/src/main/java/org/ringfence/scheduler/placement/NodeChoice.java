package org.ringfence.scheduler.placement;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.ringfence.scheduler.cluster.ClusterNode;
import org.ringfence.scheduler.cluster.Nodes;
import org.ringfence.scheduler.cluster.Options;
import org.ringfence.scheduler.cluster.Options.PlacementStrategy;
import org.ringfence.scheduler.resource.Clone;
import org.ringfence.scheduler.resource.Primitive;

/** Picks the node: the highest score; among equals what the placement strategy says, fewer resources, then the name. */
final class NodeChoice {
    private final Options options;
    private final Nodes nodes;

    NodeChoice(Options options, Nodes nodes) {
        this.options = options;
        this.nodes = nodes;
    }

    @Nullable
    ClusterNode best(Primitive primitive, int[] scores) {
        ClusterNode current = primitive.active.isEmpty() ? null : primitive.active.getFirst();
        ClusterNode best = null;
        for (ClusterNode node : nodes.all()) {
            if (scores[node.index] < 0 || !usable(node)) {
                continue;
            }
            if (best == null || compare(node, best, scores, current) < 0) {
                best = node;
            }
        }
        // Of a clone whose instances differ, those that may stay were assigned first: the others are to be spread.
        boolean spread = primitive.parent instanceof Clone clone && clone.unique;
        if (best != null
                && current != null
                && !spread
                && scores[best.index] > 0
                && scores[current.index] == scores[best.index]
                && usable(current)) {
            return current;
        }
        if (best != null && !onlyOneWith(scores[best.index], scores)) {
            primitive.state.placedByLoad = true;
        }
        return best;
    }

    private boolean onlyOneWith(int score, int[] scores) {
        int found = 0;
        for (ClusterNode node : nodes.all()) {
            if (scores[node.index] == score && usable(node)) {
                found++;
            }
        }
        return found <= 1;
    }

    static boolean usable(ClusterNode node) {
        return node.available() && !node.maintenance;
    }

    /** Negative when {@code left} is to be preferred. */
    int compare(ClusterNode left, ClusterNode right, int[] scores, @Nullable ClusterNode current) {
        if (scores[left.index] != scores[right.index]) {
            return Integer.compare(scores[right.index], scores[left.index]);
        }
        return tie(left, right, current);
    }

    int tie(ClusterNode left, ClusterNode right, @Nullable ClusterNode current) {
        PlacementStrategy strategy = options.placementStrategy();
        if (strategy == PlacementStrategy.MINIMAL) {
            // All go to the same few nodes, also what would be as well where it is.
            return left.name.compareTo(right.name);
        }
        int free = strategy == PlacementStrategy.BALANCED ? capacity(left, right) : 0;
        if (free != 0) {
            return -free;
        }
        if (left.assignedCount != right.assignedCount) {
            return Integer.compare(left.assignedCount, right.assignedCount);
        }
        if (left == current || right == current) {
            return left == current ? -1 : 1;
        }
        return left.name.compareTo(right.name);
    }

    /** How many more kinds of capacity the one has more of than the other. */
    static int capacity(ClusterNode left, ClusterNode right) {
        int result = 0;
        for (Map.Entry<String, Integer> amount : left.capacity.entrySet()) {
            result +=
                    Integer.signum(Integer.compare(amount.getValue(), right.capacity.getOrDefault(amount.getKey(), 0)));
        }
        for (Map.Entry<String, Integer> amount : right.capacity.entrySet()) {
            if (!left.capacity.containsKey(amount.getKey())) {
                result += Integer.signum(Integer.compare(0, amount.getValue()));
            }
        }
        return result;
    }
}
