package org.ringfence.network.balance.choice;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.ringfence.network.balance.choice.SimulatedService.Plant;

/** A drained server gets no new connection, whatever happens; neither does one that is down. Docs: simulation.md. */
class DrainedServerTest {
    private static final int SEEDS = 500;
    private static final int FOUND_WITHIN = 100;

    @Test
    void noneThatIsDrainedOrDownGetsANewConnection() {
        long begun = 0;
        for (long seed = 1; seed <= SEEDS; seed++) {
            try {
                begun += new SimulatedService(seed, Plant.NOTHING).run();
            } catch (AssertionError broken) {
                throw new AssertionError("seed " + seed + ": " + broken.getMessage(), broken);
            }
        }
        System.out.printf("drained servers: %d seeds, %d connections, 0 violations%n", SEEDS, begun);
        assertThat(begun).as("connections for each seed").isGreaterThan(20L * SEEDS);
    }

    @ParameterizedTest
    @EnumSource(names = "NOTHING", mode = EnumSource.Mode.EXCLUDE)
    void whatIsDoneWrongIsFound(Plant plant) {
        Optional<String> found = Optional.empty();
        for (long seed = 1; seed <= FOUND_WITHIN && found.isEmpty(); seed++) {
            try {
                new SimulatedService(seed, plant).run();
            } catch (AssertionError broken) {
                found = Optional.of(String.valueOf(broken.getMessage()));
            }
        }
        assertThat(found).isPresent();
        assertThat(found.orElseThrow())
                .contains(plant == Plant.DOWN_SERVES ? "is down and gets" : "is drained and gets");
    }
}
