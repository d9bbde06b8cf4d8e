package org.ringfence.systemtest;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ringfence.demo.cluster.ClusterNode;
import org.ringfence.demo.power.Behaviour;

/** What an administrator does by commands on a cluster that runs, and what these say. */
class AdministratorTest extends SystemTest {
    @TempDir
    private Path folder;

    /** How a command ended. */
    private record Ended(int status, String text) {}

    private Ended ringfence(ClusterNode node, String... words) throws Exception {
        List<String> command = new ArrayList<>(cluster().settings().launcher());
        command.addAll(List.of(words));
        Path said = Files.createTempFile(folder, "said", ".txt");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(said.toFile());
        builder.environment().put("RINGFENCE_SOCKET", node.socket().toString());
        Process process = builder.start();
        boolean ended = process.waitFor(2, TimeUnit.MINUTES);
        process.destroyForcibly();
        assertThat(ended).as("%s ends: %s", command, Files.readString(said)).isTrue();
        return new Ended(process.exitValue(), Files.readString(said));
    }

    @Test
    void aFenceTestForRealEmptiesANodeFencesItAndHasItBack() throws Exception {
        form(settings(3).bootTime(Duration.ofSeconds(3)));
        load(usual());
        awaitActive("w");
        ClusterNode victim = cluster().others(dc()).getFirst();
        ClusterNode asked = cluster().others(victim).getFirst();
        Instant begun = Instant.now();
        Ended test = ringfence(asked, "fence", "test", "--for-real", victim.name(), "--timeout", "1m");
        assertThat(test.status()).as(test.text()).isZero();
        assertThat(test.text()).contains("emptied", "fenced", "gone", "back", "working");
        assertThat(cluster().power().events())
                .filteredOn(event -> event.cutPower() && event.asked().isAfter(begun))
                .as("what the switch did")
                .hasSize(1);
        assertThat(victim.isOn()).isTrue();
        assertThat(settled().nodes())
                .allSatisfy(node -> assertThat(node.standby()).isFalse());
    }

    @Test
    void thePlanOfAFencingSaysForHowLongWhatWouldBeAway() throws Exception {
        form(settings(3));
        load(usual());
        ClusterNode holder = awaitActive("w");
        Ended plan = ringfence(cluster().others(holder).getFirst(), "fence", holder.name(), "--plan");
        assertThat(plan.status()).as(plan.text()).isZero();
        assertThat(plan.text())
                .contains("Plan, nothing was changed:", "Away meanwhile", "what is away is so from when it is off")
                .containsPattern("Away meanwhile[^:]*:(?s:.*)  w +~?[0-9.]+ s\n");
        assertThat(holder.isOn()).isTrue();
    }

    @Test
    void aFenceTestForRealWithADeviceThatFailsTakesTheNodeOutOfStandbyAgain() throws Exception {
        usualCluster();
        ClusterNode victim = cluster().others(dc()).getFirst();
        ClusterNode asked = cluster().others(victim).getFirst();
        cluster().power().behave(victim.name(), new Behaviour.Fails());
        Ended test = ringfence(asked, "fence", "test", "--for-real", victim.name(), "--timeout", "1m");
        assertThat(test.status()).as(test.text()).isEqualTo(1);
        assertThat(victim.isOn()).isTrue();
        assertThat(asked.status().nodes())
                .allSatisfy(node -> assertThat(node.standby()).isFalse());
    }
}
