package org.ringfence.scheduler;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.ringfence.model.problem.UnusableInputException;

class ScenarioTest {
    @TestFactory
    List<DynamicTest> everyScenarioGivesTheTransitionThatStandsBesideIt() throws IOException {
        List<Path> scenarios = Scenario.all(Scenario.FOLDER);
        assertThat(scenarios).isNotEmpty();
        return scenarios.stream()
                .map(scenario -> DynamicTest.dynamicTest(
                        Scenario.FOLDER.relativize(scenario).toString(),
                        () -> assertThat(Scenario.transition(scenario))
                                .isEqualTo(Files.readString(scenario.resolve("transition.txt")))))
                .toList();
    }

    @Test
    void theSameInputGivesTheSameTransition() throws IOException, UnusableInputException {
        for (Path scenario : Scenario.all(Scenario.FOLDER)) {
            assertThat(Scenario.transition(scenario)).isEqualTo(Scenario.transition(scenario));
        }
    }

    @Test
    void withoutAFenceDeviceNothingStartsAndTheProblemSaysWhy() throws IOException, UnusableInputException {
        String transition = Scenario.transition(Scenario.FOLDER.resolve("fencing/no-device"));
        assertThat(transition).doesNotContain("_start_").contains("no fence device is configured");
    }
}
