package org.ringfence.scheduler.action;

import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import org.ringfence.scheduler.cluster.ClusterNode;
import org.ringfence.scheduler.cluster.Nodes;
import org.ringfence.scheduler.cluster.Options;
import org.ringfence.scheduler.resource.Primitive;
import org.ringfence.scheduler.resource.Resources;
import org.ringfence.scheduler.resource.Role;

/**
 * How long the fencing of a lost node waits, option {@code priority-fencing-delay} (Pacemaker Explained, "Cluster Options"): when a
 * cluster falls apart into halves, the half with what matters more is to win, so the fencing of the node with the highest
 * priority waits. A node's priority is the sum of those of what is active on it.
 */
final class FencingDelay {
    private final Options options;
    private final Map<ClusterNode, Long> priorities = new HashMap<>();
    private boolean applies;
    private long highest = Long.MIN_VALUE;

    FencingDelay(Options options, Nodes nodes, Resources resources) {
        this.options = options;
        if (options.priorityFencingDelayMillis() > 0) {
            resources.primitives().forEach(primitive -> count(primitive, resources));
            compare(nodes);
        }
    }

    private void count(Primitive primitive, Resources resources) {
        int priority = primitive.settings.priority();
        if (priority == 0 || primitive.state.failed) {
            return;
        }
        long counted = primitive.role == Role.PROMOTED ? priority + 1L : priority;
        for (ClusterNode node : primitive.active) {
            priorities.merge(node, counted, Long::sum);
            if (resources.byId(node.container) instanceof Primitive container) {
                container.active.forEach(host -> priorities.merge(host, counted, Long::sum));
            }
        }
    }

    /** It applies when no more than half of the members are here, and they do not all matter alike. */
    private void compare(Nodes nodes) {
        int members = 0;
        int here = 0;
        long lowest = Long.MAX_VALUE;
        for (ClusterNode node : nodes.all()) {
            if (!node.isRemoteOrGuest()) {
                members++;
                here += node.online ? 1 : 0;
                highest = Math.max(highest, priority(node));
                lowest = Math.min(lowest, priority(node));
            }
        }
        applies = here <= members / 2 && lowest < highest;
    }

    private long priority(ClusterNode node) {
        return priorities.getOrDefault(node, 0L);
    }

    /** In seconds; 0 for one that was lost and is not to wait, whatever delay its device has; nothing where that decides. */
    OptionalLong of(ClusterNode node) {
        if (options.priorityFencingDelayMillis() <= 0 || node.isRemoteOrGuest() || node.online) {
            return OptionalLong.empty();
        }
        if (applies && priority(node) == highest) {
            return OptionalLong.of(options.priorityFencingDelayMillis() / 1000);
        }
        boolean lost = node.expectedUp && !node.inMembership;
        return lost ? OptionalLong.of(0) : OptionalLong.empty();
    }
}
