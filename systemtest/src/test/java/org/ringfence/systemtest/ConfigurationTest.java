package org.ringfence.systemtest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.ringfence.api.DaemonUnavailableException;
import org.ringfence.api.Reply;
import org.ringfence.demo.cluster.Cluster;
import org.ringfence.demo.cluster.ClusterNode;

/** What was acknowledged stays, whatever happens to nodes and their disks. */
class ConfigurationTest extends SystemTest {
    @Test
    void aChangeAcknowledgedWhileANodeDiesIsOnEveryNodeAlsoAfterAllWereKilled() throws Exception {
        usualCluster();
        ClusterNode victim = dc();
        ClusterNode asked = cluster().others(victim).getFirst();
        var acknowledged = new AtomicReference<>("none");
        var stop = new AtomicBoolean();
        Thread changes = Thread.ofPlatform().start(() -> {
            for (int number = 1; !stop.get(); number++) {
                String value = "change-" + number;
                try {
                    if (setProperty(asked, "cluster-name", value) instanceof Reply.Done) {
                        acknowledged.set(value);
                    }
                    Thread.sleep(10);
                } catch (DaemonUnavailableException unknown) {
                    // Made or not: the next one tells.
                } catch (InterruptedException interrupted) {
                    Thread.currentThread().interrupt();
                    return;
                }
            }
        });
        Thread.sleep(500);
        Instant fault = Instant.now();
        victim.off();
        Cluster.await("fencing of " + victim, RECOVERY, () -> cluster().power().cut(victim.name(), fault));
        Thread.sleep(2000);
        stop.set(true);
        changes.join();
        String last = acknowledged.get();
        assertThat(last).isNotEqualTo("none");
        victim.start();
        cluster().awaitMembers(RECOVERY);
        awaitEverywhere("\"" + last + "\"");

        cluster().powerOffAll();
        cluster().startAll();
        cluster().awaitMembers(RECOVERY);
        awaitEverywhere("\"" + last + "\"");
    }

    @Test
    void aNodeWithADamagedStoreGetsTheConfigurationFromTheOthers() throws Exception {
        usualCluster();
        done(setProperty(cluster().anyNode(), "cluster-name", "before-the-damage"));
        ClusterNode victim = cluster().others(holder()).getFirst();
        Instant fault = Instant.now();
        victim.off();
        Cluster.await("fencing of " + victim, RECOVERY, () -> cluster().power().cut(victim.name(), fault));
        assertThat(damage(victim.state())).as("files of the store").isNotEmpty();
        victim.start();
        cluster().awaitMembers(RECOVERY);
        awaitEverywhere("\"before-the-damage\"");
        done(setProperty(victim, "cluster-name", "after-the-damage"));
        awaitEverywhere("\"after-the-damage\"");
    }

    /** Turns bytes over in the middle of everything that holds a configuration, as a disk that forgets does. */
    private static List<Path> damage(Path folder) throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.walk(folder)) {
            files = all.filter(Files::isRegularFile)
                    .filter(file -> file.toString().contains("configuration"))
                    .filter(file -> file.toFile().length() > 0)
                    .toList();
        }
        for (Path file : files) {
            byte[] bytes = Files.readAllBytes(file);
            for (int index = bytes.length / 3; index <= bytes.length * 2 / 3 && index < bytes.length; index++) {
                bytes[index] ^= 0x55;
            }
            Files.write(file, bytes);
        }
        return files;
    }

    @Test
    void aFullDiskOnOneNodeLosesNothingThatWasAcknowledgedAndStopsNoService() throws Exception {
        form(settings(3).stateBytes(16L << 20));
        load(usual());
        askFromOutside();
        ClusterNode full = cluster().others(holder()).getFirst();
        Path filler = full.state().resolve("filler");
        fill(filler);
        Instant from = Instant.now();
        String acknowledged = "none";
        for (int number = 1; number <= 5; number++) {
            String value = "with-a-full-disk-" + number;
            try {
                if (setProperty(holder(), "cluster-name", value) instanceof Reply.Done) {
                    acknowledged = value;
                }
            } catch (DaemonUnavailableException unknown) {
                // Made or not: what was acknowledged counts.
            }
        }
        Thread.sleep(1000);
        assertThat(client().since(from)).isNotEmpty().allMatch(attempt -> attempt.answered());
        Files.delete(filler);
        if (!full.isOn()) {
            full.start();
        }
        cluster().awaitMembers(RECOVERY);
        if (!acknowledged.equals("none")) {
            awaitEverywhere("\"" + acknowledged + "\"");
        }
        done(setProperty(holder(), "cluster-name", "room-again"));
        awaitEverywhere("\"room-again\"");
    }

    private static void fill(Path filler) throws IOException {
        try (var out = Files.newOutputStream(filler)) {
            byte[] block = new byte[4096];
            while (true) {
                out.write(block);
            }
        } catch (IOException full) {
            assertThat(full).hasMessageContaining("No space left");
        }
    }
}
