package org.ringfence.controller.foresee;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What a failure would mean.
 *
 * @param happens what the cluster would do, one clause each, in order; empty when it would do nothing
 * @param lost    resources that run now and would not come back by themselves
 * @param gaps    what would be wrong then, beside that: why, and what could not be done until it is mended
 * @param takes   from the failure until all is back that comes back; empty when nothing has to
 * @param guessed whether the time counts operations that were never measured
 */
public record Consequence(
        Failure failure,
        List<String> happens,
        List<String> lost,
        List<String> gaps,
        Optional<Duration> takes,
        boolean guessed) {
    public Consequence {
        happens = List.copyOf(happens);
        lost = List.copyOf(lost);
        gaps = List.copyOf(gaps);
    }

    /** Whether the cluster could not deal with the failure by itself. */
    public boolean isGap() {
        return !lost.isEmpty() || !gaps.isEmpty();
    }

    /** The same of a failure that has the same {@link Failure#likeness}. */
    public Consequence as(Failure alike) {
        return new Consequence(alike, happens, lost, gaps, takes, guessed);
    }

    static Consequence of(Failure failure, List<String> happens, List<String> gaps) {
        return new Consequence(failure, happens, List.of(), gaps, Optional.empty(), false);
    }
}
