package org.ringfence.scheduler.action;

import static org.ringfence.scheduler.action.Ordering.LOAD;

import org.ringfence.scheduler.cluster.ClusterNode;
import org.ringfence.scheduler.cluster.Nodes;
import org.ringfence.scheduler.cluster.Options;
import org.ringfence.scheduler.resource.Primitive;
import org.ringfence.scheduler.resource.Resources;

/**
 * Where capacity counts, a node gives back what its leaving resources take before others come there: each node has a point
 * {@code load_stopped_NODE} after all stops on it and before all starts and arrivals.
 */
public final class CapacityOrderings {
    private final Options options;
    private final Nodes nodes;
    private final Actions actions;

    public CapacityOrderings(Options options, Nodes nodes, Actions actions) {
        this.options = options;
        this.nodes = nodes;
        this.actions = actions;
    }

    /** For when all resources' actions are there, but for migrations, which wait for what their starts wait for. */
    public void create(Resources resources) {
        if (options.placementStrategy() == Options.PlacementStrategy.DEFAULT) {
            return;
        }
        for (Primitive primitive : resources.primitives()) {
            if (primitive.utilization.isEmpty()) {
                continue;
            }
            for (ClusterNode node : nodes.all()) {
                if (primitive.active.contains(node) || primitive.isListed(node)) {
                    Action point = point(node);
                    actions.order(actions.find(primitive, "stop", node), point, LOAD);
                    actions.order(point, actions.find(primitive, "start", node), LOAD);
                }
            }
        }
    }

    private Action point(ClusterNode node) {
        String name = "load_stopped_" + node.name;
        Action point = actions.named(name, name, null, true);
        point.optional = false;
        return point;
    }
}
