package org.ringfence.scheduler.placement;

import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.ringfence.scheduler.cluster.ClusterNode;
import org.ringfence.scheduler.resource.Collective;
import org.ringfence.scheduler.resource.Resource;

/**
 * Which instance of a clone is assigned first: one that may stay where it is, or is nowhere, before one that has to leave;
 * then by priority; then active ones, those that are more wanted where they are first; then by number.
 */
final class InstanceOrder implements Comparator<Resource> {
    private final Collective whole;
    private final Wishes wishes;
    private final Map<Resource, Integer> wanted = new HashMap<>();
    private final Comparator<Resource> order;

    InstanceOrder(Collective whole, Wishes wishes) {
        this.whole = whole;
        this.wishes = wishes;
        this.order = Comparator.comparing(InstanceOrder::leaves)
                .thenComparing(instance -> instance.priority, Comparator.reverseOrder())
                .thenComparing(instance -> instance.active.isEmpty())
                .thenComparing(this::cannotRun)
                .thenComparing(InstanceOrder::failed)
                .thenComparing(this::wishHere, Comparator.reverseOrder())
                .thenComparingInt(instance -> instance.position);
    }

    @Override
    public int compare(Resource left, Resource right) {
        if (!left.active.isEmpty() && !right.active.isEmpty() && left.active.size() != right.active.size()) {
            return Integer.compare(left.active.size(), right.active.size());
        }
        return order.compare(left, right);
    }

    static @Nullable ClusterNode current(Resource instance) {
        return instance.active.isEmpty() ? null : instance.active.getFirst();
    }

    private static boolean leaves(Resource instance) {
        ClusterNode node = current(instance);
        return node != null && instance.scores[node.index] < 0;
    }

    private boolean cannotRun(Resource instance) {
        ClusterNode node = current(instance);
        return node != null && (!NodeChoice.usable(node) || whole.scores[node.index] < 0);
    }

    private static boolean failed(Resource instance) {
        boolean[] failed = new boolean[1];
        instance.visitPrimitives(primitive -> failed[0] |= primitive.state.failed);
        return failed[0];
    }

    private int wishHere(Resource instance) {
        ClusterNode node = current(instance);
        return node == null ? 0 : wanted.computeIfAbsent(instance, _ -> wishes.wishHere(instance, node));
    }
}
