package org.ringfence.cli.offline;

import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import org.ringfence.model.NodeId;

/**
 * What decided where resources go.
 *
 * @param scores     of each instance on each node, both in the configuration's order
 * @param promotion  of each instance of a promotable clone that has a place
 * @param capacities of nodes that offer any
 * @param uses       of instances that take any
 */
record Placement(
        List<ResourceScores> scores, List<PromotionScore> promotion, List<Capacity> capacities, List<Use> uses) {
    Placement {
        scores = List.copyOf(scores);
        promotion = List.copyOf(promotion);
        capacities = List.copyOf(capacities);
        uses = List.copyOf(uses);
    }

    /** @param node where it is to be; empty when it is to be nowhere */
    record ResourceScores(String resource, Optional<NodeId> node, List<NodeScore> scores) {
        ResourceScores {
            scores = List.copyOf(scores);
        }
    }

    /** @param score a number, INFINITY or -INFINITY */
    record NodeScore(NodeId node, String score) {}

    record PromotionScore(String resource, NodeId node, String score, boolean promoted) {}

    /** @param left what is left of it with everything in its place */
    record Capacity(NodeId node, SequencedMap<String, Integer> offered, SequencedMap<String, Integer> left) {}

    /** @param node where it is to be; empty when it is to be nowhere */
    record Use(String resource, Optional<NodeId> node, SequencedMap<String, Integer> taken) {}
}
