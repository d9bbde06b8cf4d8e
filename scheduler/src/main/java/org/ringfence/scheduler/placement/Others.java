package org.ringfence.scheduler.placement;

import org.ringfence.scheduler.cluster.Nodes;
import org.ringfence.scheduler.resource.Resource;

/**
 * Resources that nodes have though they are no part of this decision. Among equals the node with fewer resources is chosen, so
 * a decision about some comes out as one about all would only if the others are counted at the right time.
 */
public interface Others {
    /** There are none. */
    Others NONE = (_, _) -> {};

    /**
     * Called before each outermost resource has its turn, in their order; adds to {@code assignedCount} of the nodes what they were
     * given in the turns that come before it.
     */
    void before(Resource next, Nodes nodes);
}
