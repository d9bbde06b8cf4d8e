package org.ringfence.systemtest;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ringfence.api.DaemonUnavailableException;
import org.ringfence.api.Reply;
import org.ringfence.api.Request;
import org.ringfence.demo.cluster.Cluster;
import org.ringfence.demo.cluster.ClusterNode;
import org.ringfence.demo.power.Behaviour;

/** What an administrator does by commands on a cluster that runs, and what these say. */
class AdministratorTest extends SystemTest {
    private static final String DRIVER = "30-600 hardware slow_wdt";

    /** A node tells what it knows of its watchdog every minute. */
    private static final Duration TOLD = Duration.ofSeconds(90);

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
    void aFenceTestForRealEmptiesANodeFencesItOnceAndHasItBack() throws Exception {
        form(settings(3).bootTime(Duration.ofSeconds(3)));
        load(usual());
        awaitActive("w");
        ClusterNode victim = cluster().others(dc()).getFirst();
        ClusterNode asked = cluster().others(victim).getFirst();
        Instant begun = Instant.now();
        Ended test = ringfence(asked, "fence", "test", "--for-real", victim.name(), "--timeout", "1m");
        System.out.println(test.text());
        assertThat(test.status()).as(test.text()).isZero();
        assertThat(test.text()).contains("emptied", "fenced", "gone", "back", "working");
        assertThat(cluster().power().events())
                .filteredOn(event -> event.asked().isAfter(begun))
                .extracting(Object::toString)
                .as("what the switch did")
                .isNotEmpty();
        assertThat(victim.isOn()).isTrue();
        assertThat(settled().nodes())
                .allSatisfy(node -> assertThat(node.standby()).isFalse());
    }

    @Test
    void aFenceTestForRealWithADeviceThatFailsTakesTheNodeOutOfStandbyAgain() throws Exception {
        usualCluster();
        ClusterNode victim = cluster().others(dc()).getFirst();
        ClusterNode asked = cluster().others(victim).getFirst();
        cluster().power().behave(victim.name(), new Behaviour.Fails());
        Ended test = ringfence(asked, "fence", "test", "--for-real", victim.name(), "--timeout", "1m");
        System.out.println(test.text());
        assertThat(test.status()).as(test.text()).isEqualTo(1);
        assertThat(victim.isOn()).isTrue();
        assertThat(asked.status().nodes())
                .allSatisfy(node -> assertThat(node.standby()).isFalse());
    }

    @Test
    void aTimeoutThatADriverDoesNotTakeIsRefusedHoweverItIsConfigured() throws Exception {
        form(settings(3));
        ClusterNode slow = cluster().nodes().getFirst();
        Files.writeString(slow.state().resolve("watchdog-range"), DRIVER + "\n");
        assertThat(cluster()
                        .load(
                                cluster()
                                        .serviceCib(false)
                                        .property("have-watchdog", "true")
                                        .property("recovery-target", "30s"),
                                true))
                .isInstanceOf(Reply.Done.class);
        ClusterNode asked = cluster().others(slow).getFirst();
        Cluster.await(
                "#watchdog of " + slow + " told",
                TOLD,
                () -> knows(asked, DRIVER) ? Optional.of(true) : Optional.empty());
        Path text = Files.writeString(folder.resolve("five.crm"), "property watchdog-timeout=5s\n");
        Path whole = Files.writeString(
                folder.resolve("whole.xml"),
                cluster()
                        .serviceCib(false)
                        .property("have-watchdog", "true")
                        .property("recovery-target", "30s")
                        .property("watchdog-timeout", "5s")
                        .xml());
        for (String[] words : List.of(
                new String[] {"configure", "set", "watchdog-timeout=5s"},
                new String[] {"apply", text.toString()},
                new String[] {"configure", "load", "update", text.toString()},
                new String[] {"configure", "load", whole.toString()})) {
            Ended refused = ringfence(asked, words);
            System.out.println(String.join(" ", words) + ": exit " + refused.status() + "\n" + refused.text());
            assertThat(refused.status()).as(refused.text()).isEqualTo(3);
            assertThat(refused.text().replaceAll("\\s+", " "))
                    .contains(
                            "does not take a timeout of 5 s", "30 to 600 s", "watchdog-timeout=30s", "recovery takes");
        }
        assertThat(ringfence(asked, "configure", "show").text()).doesNotContain("watchdog-timeout=5s");
    }

    private static boolean knows(ClusterNode asked, String value) {
        try {
            return asked.call(new Request.AttributeGet(
                                    Optional.empty(), Optional.of("#watchdog"), Request.Lifetime.REBOOT))
                            instanceof Reply.Attributes told
                    && told.values().values().stream().anyMatch(attributes -> attributes.containsValue(value));
        } catch (DaemonUnavailableException e) {
            throw new AssertionError(e);
        }
    }
}
