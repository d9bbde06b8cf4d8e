package org.ringfence.controller;

import java.time.Duration;
import java.util.List;
import org.ringfence.controller.membership.Quorum;
import org.ringfence.controller.port.Scheduling;
import org.ringfence.model.NodeId;
import org.ringfence.scheduler.change.IncrementalScheduler;

/**
 * What a node is told before it starts.
 *
 * @param nodes        every node of the cluster, itself among them
 * @param startupGrace how long the first DC waits for nodes that nobody has seen yet before it has them fenced
 * @param protocol     the newest protocol that it speaks; an older one than {@link Protocol#NEWEST} is for tests of upgrades
 * @param scheduling   what decides when this node is the DC
 */
public record Settings(
        String cluster, NodeId self, List<NodeId> nodes, Duration startupGrace, int protocol, Scheduling scheduling) {
    public Settings {
        nodes = nodes.stream().sorted().distinct().toList();
        if (!nodes.contains(self)) {
            throw new IllegalArgumentException("node " + self + " is not one of the cluster's nodes " + nodes);
        }
        if (startupGrace.isNegative()) {
            throw new IllegalArgumentException("startup grace must not be negative: " + startupGrace);
        }
    }

    /** A node that decides with the scheduler. */
    public Settings(String cluster, NodeId self, List<NodeId> nodes, Duration startupGrace) {
        this(cluster, self, nodes, startupGrace, Protocol.NEWEST, new IncrementalScheduler()::schedule);
    }

    public Quorum quorum() {
        return new Quorum(nodes);
    }
}
