package org.ringfence.campaign;

import java.time.Duration;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.ringfence.simulator.Outcome;
import org.ringfence.simulator.fault.FaultKind;

/** What many runs have come to. For one thread at a time. */
final class Tally {
    private final SortedMap<FaultKind, Long> faults = new TreeMap<>();
    private long runs;
    private long violations;
    private long events;
    private Duration simulated = Duration.ZERO;
    private long digest;
    private Optional<Outcome> first = Optional.empty();

    void add(Outcome outcome) {
        runs++;
        events += outcome.events();
        // The order in which seeds end is chance; the sum does not depend on it.
        digest += Long.rotateLeft(Long.parseUnsignedLong(outcome.digest(), 16), (int) outcome.seed());
        simulated = simulated.plus(outcome.simulated());
        outcome.faults().forEach((kind, times) -> faults.merge(kind, (long) times, Long::sum));
        if (outcome.violation().isPresent()) {
            violations++;
            if (first.isEmpty() || outcome.seed() < first.get().seed()) {
                first = Optional.of(outcome);
            }
        }
    }

    long runs() {
        return runs;
    }

    long violations() {
        return violations;
    }

    long events() {
        return events;
    }

    /** Over every event of every run: two campaigns over the same seeds with the same code have the same. */
    String digest() {
        return "%016x".formatted(digest);
    }

    Duration simulated() {
        return simulated;
    }

    /** How often each kind of fault has happened. */
    SortedMap<FaultKind, Long> faults() {
        return new TreeMap<>(faults);
    }

    /** The failed run with the lowest seed. */
    Optional<Outcome> first() {
        return first;
    }
}
