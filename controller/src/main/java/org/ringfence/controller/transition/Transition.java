package org.ringfence.controller.transition;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.ringfence.controller.Effect;
import org.ringfence.controller.Step;
import org.ringfence.model.graph.GraphAction;
import org.ringfence.model.graph.Synapse;
import org.ringfence.model.graph.TransitionGraph;

/**
 * Carries out a transition graph: an action begins when all that it waits for have ended as expected. When one ends
 * otherwise, or the world changes, nothing more begins; what runs is let end, and then the cluster decides anew.
 *
 * <p>How an action is carried out is the controller's; this machine knows only the order.
 */
public final class Transition {
    private Transition() {}

    /** What happens to a transition. */
    public sealed interface Event {
        /** Carry out this graph. Only when nothing of the former runs that is to be waited for. */
        record Begin(long id, TransitionGraph graph) implements Event {}

        /** @param expected whether it ended as the graph expects */
        record Ended(long id, int action, boolean expected, String why) implements Event {}

        /** Begin nothing more. */
        record Abort(String why) implements Event {}

        /** Forget it: the view that it belonged to is gone. */
        record Drop() implements Event {}
    }

    public static Step<TransitionState> step(TransitionState state, Event event) {
        return switch (event) {
            case Event.Begin begin -> begin(begin);
            case Event.Ended ended -> ended.id() == state.id() ? ended(state, ended) : Step.of(state);
            case Event.Abort abort -> abort(state, abort.why());
            case Event.Drop drop -> Step.of(TransitionState.NONE);
        };
    }

    private static Step<TransitionState> begin(Event.Begin begin) {
        var waiting = new TreeMap<Integer, Integer>();
        var present = new TreeSet<Integer>();
        begin.graph().synapses().forEach(synapse -> present.add(synapse.action().id()));
        for (Synapse synapse : begin.graph().synapses()) {
            int inputs = (int) synapse.inputs().stream()
                    .filter(present::contains)
                    .distinct()
                    .count();
            waiting.put(synapse.action().id(), inputs);
        }
        return goOn(
                new TransitionState(begin.id(), begin.graph(), waiting, new TreeSet<>(), 0, Optional.empty()),
                new ArrayList<>());
    }

    private static Step<TransitionState> ended(TransitionState state, Event.Ended ended) {
        if (!state.running().contains(ended.action())) {
            return Step.of(state);
        }
        TransitionState less = release(state, ended.action(), ended.expected());
        return goOn(ended.expected() ? less : less.withStopping(ended.why()), new ArrayList<>());
    }

    private static Step<TransitionState> abort(TransitionState state, String why) {
        boolean active = state.isActive();
        TransitionState stopped = state.withStopping(why);
        return active ? goOn(stopped, new ArrayList<>()) : Step.of(stopped);
    }

    private static TransitionState release(TransitionState state, int action, boolean expected) {
        var running = new TreeSet<>(state.running());
        running.remove(action);
        var waiting = new TreeMap<>(state.waiting());
        if (expected) {
            for (Synapse synapse : state.graph().synapses()) {
                if (synapse.inputs().contains(action)) {
                    waiting.computeIfPresent(synapse.action().id(), (id, count) -> count - 1);
                }
            }
        }
        return new TransitionState(
                state.id(), state.graph(), waiting, running, state.done() + (expected ? 1 : 0), state.stopping());
    }

    /** Begins all that may begin; points in the order are passed at once. */
    private static Step<TransitionState> goOn(TransitionState state, List<Effect> effects) {
        TransitionState next = state;
        boolean moved = true;
        while (moved && next.stopping().isEmpty()) {
            moved = false;
            for (Synapse synapse : ready(next)) {
                moved = true;
                next = start(next, synapse.action().id());
                if (synapse.action() instanceof GraphAction.PseudoAction pseudo) {
                    next = release(next, pseudo.id(), true);
                } else {
                    effects.add(new Effect.Begin(next.id(), synapse.action()));
                }
            }
        }
        if (next.running().isEmpty()
                && next.stopping().isEmpty()
                && !next.waiting().isEmpty()) {
            next = next.withStopping("its orderings form a loop");
        }
        if (!next.isActive()) {
            boolean complete = next.stopping().isEmpty();
            String why = next.stopping().orElse("all of it is done");
            effects.add(new Effect.TransitionEnded(next.id(), complete, why));
            next = next.withStopping(why);
        }
        return new Step<>(next, effects);
    }

    private static List<Synapse> ready(TransitionState state) {
        return state.graph().synapses().stream()
                .filter(synapse -> Integer.valueOf(0)
                        .equals(state.waiting().get(synapse.action().id())))
                .sorted(Comparator.comparingInt(Synapse::priority).reversed().thenComparingInt(Synapse::id))
                .toList();
    }

    private static TransitionState start(TransitionState state, int action) {
        var waiting = new TreeMap<>(state.waiting());
        waiting.remove(action);
        var running = new TreeSet<>(state.running());
        running.add(action);
        return new TransitionState(state.id(), state.graph(), waiting, running, state.done(), state.stopping());
    }
}
