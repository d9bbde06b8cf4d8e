package org.ringfence.controller.transition;

import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.ringfence.model.graph.TransitionGraph;

/**
 * How far a transition has come.
 *
 * @param waiting  for each action that has not begun, the number of actions it still waits for
 * @param running  actions that have begun and not ended
 * @param done     how many have ended as expected
 * @param stopping why nothing more may begin; empty while all is well
 */
public record TransitionState(
        long id,
        TransitionGraph graph,
        SortedMap<Integer, Integer> waiting,
        SortedSet<Integer> running,
        int done,
        Optional<String> stopping) {

    /** No transition at all. */
    public static final TransitionState NONE = new TransitionState(
            0, TransitionGraph.EMPTY, new TreeMap<>(), new TreeSet<>(), 0, Optional.of("none has begun"));

    public TransitionState {
        waiting = Collections.unmodifiableSortedMap(new TreeMap<>(waiting));
        running = Collections.unmodifiableSortedSet(new TreeSet<>(running));
    }

    /** Whether anything runs or may still begin. */
    public boolean isActive() {
        return !running.isEmpty() || (stopping.isEmpty() && !waiting.isEmpty());
    }

    TransitionState withStopping(String why) {
        return stopping.isPresent() ? this : new TransitionState(id, graph, waiting, running, done, Optional.of(why));
    }
}
