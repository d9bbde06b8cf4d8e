package org.ringfence.scheduler.placement;

import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import org.ringfence.scheduler.cluster.ClusterNode;
import org.ringfence.scheduler.cluster.Nodes;
import org.ringfence.scheduler.resource.Resource;

/** Who is assigned before whom when capacity is scarce: by priority, then by how much each, and what it depends on, is wanted where it is now, then elsewhere. */
final class AssignmentOrder implements Comparator<Resource> {
    private final Nodes nodes;
    private final Wishes wishes;
    private final Map<Resource, int[]> scores = new HashMap<>();
    private final java.util.List<ClusterNode> ordered;

    AssignmentOrder(Nodes nodes, NodeChoice choice, Wishes wishes) {
        this.nodes = nodes;
        this.wishes = wishes;
        this.ordered = nodes.all().stream()
                .sorted((left, right) -> choice.tie(left, right, null))
                .toList();
    }

    private int[] scores(Resource resource) {
        return scores.computeIfAbsent(resource, wishes::withPrimaries);
    }

    @Override
    public int compare(Resource left, Resource right) {
        if (left.priority != right.priority) {
            return Integer.compare(right.priority, left.priority);
        }
        int[] a = scores(left);
        int[] b = scores(right);
        int here = Integer.compare(current(right, b), current(left, a));
        if (here != 0) {
            return here;
        }
        for (ClusterNode node : ordered) {
            if (a[node.index] != b[node.index]) {
                return Integer.compare(b[node.index], a[node.index]);
            }
        }
        return Integer.compare(left.position, right.position);
    }

    private int current(Resource resource, int[] found) {
        return resource.active.isEmpty() || nodes.count() == 0
                ? -org.ringfence.model.value.Score.INFINITY
                : found[resource.active.getFirst().index];
    }
}
