package org.ringfence.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Random runs with fixed seeds. {@code ringfence sim} runs more of them. */
class SimulationTest {
    private static final long SEEDS = Long.getLong("simulation.seeds", 200);

    @TestFactory
    Stream<DynamicTest> noRandomRunViolatesAnInvariant() {
        return LongStream.rangeClosed(1, SEEDS)
                .mapToObj(seed -> DynamicTest.dynamicTest(
                        "seed " + seed, () -> assertThat(run(seed).violation()).isEmpty()));
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
