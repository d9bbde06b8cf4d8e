package org.ringfence.api.status;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.ringfence.model.AgentName;
import org.ringfence.model.NodeId;

/**
 * A fence device.
 *
 * @param targets   nodes that it can fence, sorted
 * @param usable    whether the cluster counts on it
 * @param reason    why it is or is not usable, one sentence
 * @param lastProof when it was last shown to work; empty when never
 * @param proof     what was shown: {@code "status of n2 read by n1"}; empty when never
 */
public record FenceDeviceStatus(
        String id,
        AgentName agent,
        List<NodeId> targets,
        boolean usable,
        String reason,
        Optional<Instant> lastProof,
        String proof) {
    public FenceDeviceStatus {
        targets = List.copyOf(targets);
    }
}
