package org.ringfence.systemtest;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.ringfence.api.FenceHistoryReply;
import org.ringfence.api.FenceTestReply;
import org.ringfence.api.Reply;
import org.ringfence.api.Request;
import org.ringfence.api.StatusReply;
import org.ringfence.demo.cluster.Cluster;
import org.ringfence.demo.cluster.ClusterNode;
import org.ringfence.demo.power.Behaviour;
import org.ringfence.demo.power.PowerEvent;
import org.ringfence.model.NodeId;

/** Devices that work from some nodes only, that lie, and a DC that dies while it has somebody fenced. */
class FencePathsTest extends SystemTest {
    @Test
    void aTestSaysWhichNodeCouldNotBeFencedFromWhereAndWhyAndStatusKnowsItsDate() throws Exception {
        usualCluster();
        ClusterNode deaf = cluster().others(dc()).getFirst();
        cluster().power().refuse(deaf.name(), true);
        Reply.Outcome outcome = cluster().anyNode().call(new Request.FenceTest(Optional.empty(), Optional.empty()));
        assertThat(outcome).isInstanceOf(FenceTestReply.class);
        FenceTestReply test = (FenceTestReply) outcome;
        assertThat(test.isProven()).isFalse();
        assertThat(test.paths()).hasSize(6).allSatisfy(path -> {
            boolean works = !path.executor().name().equals(deaf.name());
            assertThat(path.isProven()).as(path.toString()).isEqualTo(works);
        });
        StatusReply status = cluster().anyNode().status();
        assertThat(status.fencing()).singleElement().satisfies(device -> {
            assertThat(device.lastProof()).isPresent();
            assertThat(device.proof()).contains("fence test");
        });
        assertThat(status.wrong())
                .anySatisfy(problem -> assertThat(problem.text())
                        .contains("could not be fenced with power from " + deaf.name())
                        .contains("device"));
    }

    @Test
    void aDeviceThatWorksFromOneNodeOnlyIsUsedFromThere() throws Exception {
        usualCluster();
        ClusterNode dc = dc();
        List<ClusterNode> others = cluster().others(dc);
        ClusterNode victim = others.getFirst();
        cluster().power().refuse(dc.name(), true);
        Instant fault = Instant.now();
        victim.off();
        PowerEvent cut = Cluster.await(
                "fencing of " + victim, RECOVERY, () -> cluster().power().cut(victim.name(), fault));
        assertThat(cut.by()).isEqualTo(others.getLast().name());
        awaitActive("w");
    }

    @Test
    void aDeviceThatSaysYesWhileTheNodeAnswersIsCaughtAndNothingIsRecovered() throws Exception {
        usualCluster();
        List<ClusterNode> others = cluster().others(dc());
        ClusterNode victim = others.getFirst();
        cluster().power().behave(victim.name(), new Behaviour.Lies());
        Reply.Outcome outcome = cluster()
                .anyNode()
                .call(new Request.Fence(new NodeId(victim.name()), Request.FenceAction.REBOOT, "test", false));
        assertThat(outcome).isInstanceOf(Reply.NotDone.class);
        StatusReply status = cluster().anyNode().status();
        assertThat(status.wrong())
                .anySatisfy(problem -> assertThat(problem.element() + " " + problem.text())
                        .contains("fence device power")
                        .contains(victim.name()));
        Reply.Outcome trusted = cluster()
                .anyNode()
                .call(new Request.TrustDevice("power", new NodeId(victim.name()), "the switch is mended"));
        assertThat(trusted).isInstanceOf(Reply.Done.class);
        cluster().power().behave(victim.name(), new Behaviour.Works());
        // Not the DC: its answer has to come through the change of the view that the loss brings.
        done(others.getLast()
                .call(new Request.Fence(new NodeId(victim.name()), Request.FenceAction.OFF, "test", false)));
        assertThat(victim.isOn()).isFalse();
    }

    @Test
    void whenTheDcDiesWhileAnotherNodeFencesForItTheNextDcTakesItOverOnce() throws Exception {
        form(settings(5));
        load(usual());
        awaitActive("w");
        ClusterNode dc = dc();
        ClusterNode victim = cluster().others(dc).getLast();
        // Not from the DC, so that somebody else is at it when the DC dies.
        cluster().power().refuse(dc.name(), true);
        cluster().power().behave(victim.name(), new Behaviour.Slow(Duration.ofSeconds(6)));
        Instant fault = Instant.now();
        victim.off();
        Cluster.await(
                "an attempt from another node",
                RECOVERY,
                () -> attemptsOfOthers(cluster(), fault, victim, dc) > 0 ? Optional.of(true) : Optional.empty());
        dc.off();
        Cluster.await("fencing of both", Duration.ofSeconds(60), () -> {
            try {
                return cluster().others(dc).getFirst().call(new Request.FenceHistory(Optional.empty()))
                                        instanceof FenceHistoryReply history
                                && fenced(history, victim)
                                && fenced(history, dc)
                        ? Optional.of(true)
                        : Optional.empty();
            } catch (org.ringfence.api.DaemonUnavailableException silent) {
                return Optional.empty();
            }
        });
        assertThat(cluster().power().events().stream()
                        .filter(event -> event.host().equals(victim.name()) && event.cutPower())
                        .filter(event -> !event.asked().isBefore(fault)))
                .as("how often the switch cut " + victim)
                .hasSize(1);
        awaitActive("w");
    }

    private static long attemptsOfOthers(Cluster cluster, Instant since, ClusterNode victim, ClusterNode dc) {
        // The log has those that were made; a request that is being served is seen by its asker's history alone.
        return cluster.others(victim).stream()
                .flatMap(node -> {
                    try {
                        return node.history(since).stream();
                    } catch (org.ringfence.api.DaemonUnavailableException silent) {
                        return java.util.stream.Stream.empty();
                    }
                })
                .filter(entry -> entry.text().contains("reboot with power from"))
                .filter(entry -> !entry.text().endsWith(" from " + dc.name()))
                .map(entry -> entry.text())
                .distinct()
                .count();
    }

    private static boolean fenced(FenceHistoryReply history, ClusterNode node) {
        return history.entries().stream()
                .anyMatch(entry -> entry.succeeded() && entry.node().name().equals(node.name()));
    }
}
