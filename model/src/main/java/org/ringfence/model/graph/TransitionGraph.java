package org.ringfence.model.graph;

import java.util.List;
import java.util.SequencedMap;
import org.ringfence.model.xml.Attributes;

/**
 * What is to be done to bring the cluster from its status to the best one its configuration allows.
 *
 * @param attributes {@code cluster-delay}, {@code fencing-timeout}, {@code batch-limit}, ... as the graph's root carries them
 * @param synapses   sorted by id; empty when there is nothing to do
 */
public record TransitionGraph(SequencedMap<String, String> attributes, List<Synapse> synapses) {
    public static final TransitionGraph EMPTY = new TransitionGraph(Attributes.NONE, List.of());

    public TransitionGraph {
        attributes = Attributes.copyOf(attributes);
        synapses = List.copyOf(synapses);
    }
}
