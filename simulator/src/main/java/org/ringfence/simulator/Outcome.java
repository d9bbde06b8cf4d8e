package org.ringfence.simulator;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.ringfence.simulator.fault.FaultKind;
import org.ringfence.simulator.world.Journal;

/**
 * How a random run ended.
 *
 * @param violation empty when all invariants held
 * @param digest    over every event and effect: the same seed gives the same
 * @param events    how many events nodes have handled
 * @param simulated how long the run took for those in it
 * @param faults    how many of each kind have happened
 * @param drawn     how many faults were drawn, those that the set-up leaves out among them
 * @param story     what happened, when an invariant did not hold; empty otherwise
 */
public record Outcome(
        long seed,
        int nodes,
        Optional<Violation> violation,
        String digest,
        long events,
        Duration simulated,
        SortedMap<FaultKind, Integer> faults,
        int drawn,
        List<Journal.Line> story) {

    public Outcome {
        faults = Collections.unmodifiableSortedMap(new TreeMap<>(faults));
        story = List.copyOf(story);
    }

    /** What did not hold, and how that shows. */
    public record Violation(String invariant, String what) {}
}
