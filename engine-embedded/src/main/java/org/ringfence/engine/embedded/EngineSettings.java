package org.ringfence.engine.embedded;

import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import org.ringfence.model.NodeId;

/**
 * All that an engine is told.
 *
 * @param self    this node
 * @param cluster the cluster's name, the same on every node, at most 64 characters; who gives another is refused
 * @param listen  where this node listens; the host is one of its own addresses
 * @param peers   every other node; this node may be among them and is left out
 */
public record EngineSettings(
        NodeId self,
        String cluster,
        Endpoint listen,
        SequencedMap<NodeId, Endpoint> peers,
        Security security,
        Timings timings,
        Limits limits) {

    private static final int LONGEST_NAME = 64;

    public EngineSettings {
        if (cluster.isBlank() || cluster.length() > LONGEST_NAME) {
            throw new IllegalArgumentException("a cluster's name has 1 to " + LONGEST_NAME + " characters");
        }
        SequencedMap<NodeId, Endpoint> others = new LinkedHashMap<>(peers);
        others.remove(self);
        Map<Endpoint, NodeId> owners = new HashMap<>(Map.of(listen, self));
        others.forEach((node, endpoint) -> {
            NodeId owner = owners.put(endpoint, node);
            if (owner != null) {
                throw new IllegalArgumentException("nodes " + owner + " and " + node + " are both at " + endpoint);
            }
            if (node.name().length() > LONGEST_NAME) {
                throw new IllegalArgumentException(
                        "the node name " + node + " is longer than " + LONGEST_NAME + " characters");
            }
        });
        peers = Collections.unmodifiableSequencedMap(others);
    }

    /** With the timings and limits that suit a local network. */
    public static EngineSettings of(
            NodeId self, String cluster, Endpoint listen, SequencedMap<NodeId, Endpoint> peers, Security security) {
        return new EngineSettings(self, cluster, listen, peers, security, Timings.DEFAULT, Limits.DEFAULT);
    }

    /** The same with other timings. */
    public EngineSettings withTimings(Timings timings) {
        return new EngineSettings(self, cluster, listen, peers, security, timings, limits);
    }

    /** The same with other limits. */
    public EngineSettings withLimits(Limits limits) {
        return new EngineSettings(self, cluster, listen, peers, security, timings, limits);
    }
}
