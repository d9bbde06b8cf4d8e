package org.ringfence.simulator;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Finds few faults that are enough for a violation: leaves out parts of the schedule, large ones first, as long as the same
 * invariant breaks without them (delta debugging; Zeller and Hildebrandt, 2002).
 */
public final class Shrinking {
    private static final int RUNS_MAX = 300;

    private final Setup setup;
    private Outcome best;
    private int runs;

    private Shrinking(Setup setup, Outcome failed) {
        this.setup = setup;
        best = failed;
    }

    /**
     * The same violation with as few faults as were found to be enough.
     *
     * @param failed what {@code setup} has come to
     * @throws IllegalArgumentException when nothing was violated
     */
    public static Outcome shrink(Setup setup, Outcome failed) {
        if (failed.violation().isEmpty()) {
            throw new IllegalArgumentException("seed " + failed.seed() + " violates nothing");
        }
        return new Shrinking(setup, failed).shrink();
    }

    private Outcome shrink() {
        var without = new TreeSet<>(setup.without());
        for (int size = best.drawn(); size >= 1; size /= 2) {
            boolean less = true;
            while (less && runs < RUNS_MAX) {
                less = pass(without, size);
            }
        }
        return best;
    }

    /** Tries to leave out each run of {@code size} faults that are left; whether one could be. */
    private boolean pass(SortedSet<Integer> without, int size) {
        List<Integer> left = new ArrayList<>();
        for (int number = 0; number < best.drawn(); number++) {
            if (!without.contains(number)) {
                left.add(number);
            }
        }
        boolean less = false;
        // From the end: what was drawn after the violation goes first.
        for (int end = left.size(); end > 0 && runs < RUNS_MAX; end -= size) {
            List<Integer> part = left.subList(Math.max(0, end - size), end);
            var tried = new TreeSet<>(without);
            tried.addAll(part);
            Outcome outcome = Simulation.run(setup.withoutFaults(tried));
            runs++;
            if (invariant(outcome).equals(invariant(best))) {
                best = outcome;
                without.addAll(part);
                less = true;
            }
        }
        return less;
    }

    private static Optional<String> invariant(Outcome outcome) {
        return outcome.violation().map(Outcome.Violation::invariant);
    }
}
