package org.ringfence.model.graph;

import java.util.List;

/**
 * One action and the actions that must be complete before it may begin.
 *
 * @param priority higher goes first among those that may begin
 * @param inputs   ids of the actions waited for
 */
public record Synapse(int id, int priority, GraphAction action, List<Integer> inputs) {
    public Synapse {
        inputs = List.copyOf(inputs);
    }
}
