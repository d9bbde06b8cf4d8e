package org.ringfence.scheduler.execution;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.ringfence.model.graph.Synapse;

/** What of a transition has not begun, and how much each of it waits for. */
final class Waiting {
    private final List<Synapse> synapses;
    /** By place in the list: how many of the actions that it waits for have not ended; -1 once it has begun. */
    private final int[] open;
    /** By the number of an action: the places of those that wait for it. */
    private final Map<Integer, List<Integer>> followers = new HashMap<>();

    private List<Integer> ready = new ArrayList<>();
    /** Begun with the last round, which ends before the next. */
    private List<Integer> begun = new ArrayList<>();

    Waiting(List<Synapse> synapses) {
        this.synapses = synapses;
        open = new int[synapses.size()];
        synapses.forEach(synapse -> followers.put(synapse.action().id(), new ArrayList<>()));
        for (int place = 0; place < open.length; place++) {
            for (int input : synapses.get(place).inputs()) {
                List<Integer> waiting = followers.get(input);
                if (waiting != null) {
                    waiting.add(place);
                    open[place]++;
                }
            }
            if (open[place] == 0) {
                ready.add(place);
            }
        }
    }

    /** All that waits for nothing now that the round before has ended, in the order in which it is to begin. Empty at the end. */
    List<Synapse> next() {
        for (int place : begun) {
            for (int follower :
                    followers.getOrDefault(synapses.get(place).action().id(), List.of())) {
                open[follower]--;
                if (open[follower] == 0) {
                    ready.add(follower);
                }
            }
        }
        begun = ready;
        ready = new ArrayList<>();
        begun.forEach(place -> open[place] = -1);
        return begun.stream()
                .map(synapses::get)
                .sorted(Comparator.comparingInt(Synapse::priority).reversed().thenComparingInt(Synapse::id))
                .toList();
    }

    /** What has not begun, in the order of the graph. */
    List<Synapse> left() {
        List<Synapse> left = new ArrayList<>();
        for (int place = 0; place < open.length; place++) {
            if (open[place] >= 0) {
                left.add(synapses.get(place));
            }
        }
        return left;
    }
}
