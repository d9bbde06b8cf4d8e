package org.ringfence.cli.offline;

import java.util.List;
import java.util.Optional;
import org.ringfence.api.status.NodeStatus;
import org.ringfence.api.status.ResourceStatus;
import org.ringfence.model.NodeId;

/** A cluster's status as the scheduler reads it from a CIB, in the words of {@code ringfence status}. */
record Picture(boolean quorate, Optional<NodeId> dc, List<NodeStatus> nodes, List<ResourceStatus> resources) {
    Picture {
        nodes = List.copyOf(nodes);
        resources = List.copyOf(resources);
    }
}
