package org.ringfence.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.ringfence.simulator.judge.Judge;
import org.ringfence.simulator.plant.Plant;

/** A judge that finds nothing proves nothing: every planted fault is found, by the invariant that it breaks. */
class PlantTest {
    private static final long SEEDS = 500;

    @TestFactory
    Stream<DynamicTest> everyPlantedFaultIsFound() {
        return Arrays.stream(Plant.values())
                .map(plant -> DynamicTest.dynamicTest(plant.label(), () -> {
                    Optional<Outcome> found = LongStream.rangeClosed(1, SEEDS)
                            .mapToObj(seed -> Simulation.run(Setup.of(seed).withMachine(plant.machine())))
                            .filter(outcome -> outcome.violation()
                                    .filter(violation -> violation.invariant().equals(plant.invariant()))
                                    .isPresent())
                            .findFirst();
                    assertThat(found).as("a violation of " + plant.invariant()).isPresent();
                }));
    }

    @Test
    void everyInvariantHasAPlant() {
        var planted = new TreeSet<String>();
        Arrays.stream(Plant.values()).map(Plant::invariant).forEach(planted::add);
        var judged = new TreeSet<>(new Judge().names());
        judged.add("Converges");
        assertThat(planted).isEqualTo(judged);
    }

    @Test
    void aStoryIsShrunkToTheFaultsThatItNeeds() {
        Outcome failed = LongStream.rangeClosed(1, SEEDS)
                .mapToObj(seed -> Simulation.run(Setup.of(seed).withMachine(Plant.CLAIMED_STOP.machine())))
                .filter(outcome -> outcome.violation().isPresent() && faults(outcome) > 1)
                .findFirst()
                .orElseThrow();
        Setup again = Setup.of(failed.seed()).withMachine(Plant.CLAIMED_STOP.machine());
        Outcome shortest = Shrinking.shrink(again, failed);
        assertThat(shortest.violation().map(Outcome.Violation::invariant))
                .isEqualTo(failed.violation().map(Outcome.Violation::invariant));
        assertThat(faults(shortest)).isLessThanOrEqualTo(3).isLessThan(faults(failed));
    }

    private static int faults(Outcome outcome) {
        return outcome.faults().values().stream().mapToInt(Integer::intValue).sum();
    }
}
