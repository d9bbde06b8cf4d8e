package org.ringfence.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Random runs with fixed seeds. {@code ringfence sim} runs more of them. */
class SimulationTest {
    private static final long SEEDS = Long.getLong("simulation.seeds", 200);

    @TestFactory
    Stream<DynamicTest> noRandomRunViolatesAnInvariant() {
        return LongStream.rangeClosed(1, SEEDS)
                .mapToObj(seed -> DynamicTest.dynamicTest(
                        "seed " + seed, () -> assertThat(run(seed).violation()).isEmpty()));
    }

    /**
     * In the order of the seeds: who had been asked to fence a node by a former DC was credited for it after the node had been a
     * member again.
     */
    @ParameterizedTest
    @ValueSource(longs = 11727)
    void aRunThatOnceBrokeAnInvariantHoldsThemAll(long seed) {
        assertThat(run(seed).violation()).isEmpty();
    }

    @Test
    void theSameSeedGivesTheSameRun() {
        for (long seed = 1; seed <= 5; seed++) {
            assertThat(run(seed).digest()).isEqualTo(run(seed).digest());
        }
    }

    private static Outcome run(long seed) {
        return Simulation.run(Setup.of(seed));
    }
}
