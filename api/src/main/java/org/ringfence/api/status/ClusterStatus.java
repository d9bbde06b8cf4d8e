package org.ringfence.api.status;

import java.util.Optional;
import org.ringfence.model.NodeId;
import org.ringfence.model.cib.CibVersion;

/**
 * The cluster as a whole.
 *
 * @param name          as configured; may be empty
 * @param thisNode      the node that was asked
 * @param dc            the designated controller; empty while there is none
 * @param quorate       whether this node's partition may act
 * @param quorumReason  why it is or is not, one sentence: {@code "1 of 3 nodes, 2 are needed"}
 * @param view          number of the membership view that this node is in; 0 before the first
 * @param configuration version that this node has on its disk
 * @param maintenance   whether the whole cluster is in maintenance mode
 */
public record ClusterStatus(
        String name,
        NodeId thisNode,
        Optional<NodeId> dc,
        boolean quorate,
        String quorumReason,
        long view,
        CibVersion configuration,
        boolean maintenance) {}
