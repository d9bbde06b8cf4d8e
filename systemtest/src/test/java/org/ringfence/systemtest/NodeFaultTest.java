package org.ringfence.systemtest;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.ringfence.demo.client.Attempt;
import org.ringfence.demo.cluster.ClusterNode;

/** Nodes that die, wholly or in part, and come back. */
class NodeFaultTest extends SystemTest {
    @Test
    void theServiceOfAKilledDcComesBackElsewhereAndTheNodeRejoins() throws Exception {
        usualCluster();
        ClusterNode dc = dc();
        place(dc);
        Instant fault = Instant.now();
        dc.off();
        Attempt back = awaitAnswerByAnotherThan(dc, fault);
        assertThat(cluster().power().cut(dc.name(), fault))
                .isPresent()
                .hasValueSatisfying(cut -> assertThat(cut.done()).isBefore(back.ended()));
        awaitActive("w");

        dc.start();
        cluster().awaitMembers(RECOVERY);
        settled();
        assertThat(holder()).as("what came back takes nothing away").isNotEqualTo(dc);
    }

    @Test
    void aNodeWhoseDaemonAloneDiesIsFencedBeforeItsServiceStartsElsewhere() throws Exception {
        usualCluster();
        ClusterNode dc = dc();
        ClusterNode victim = cluster().others(dc).getFirst();
        place(victim);
        Instant fault = Instant.now();
        victim.killDaemon();
        Attempt back = awaitAnswerByAnotherThan(victim, fault);
        assertThat(cluster().power().cut(victim.name(), fault))
                .isPresent()
                .hasValueSatisfying(cut -> assertThat(cut.done()).isBefore(back.ended()));
        assertThat(victim.isOn()).isFalse();
    }

    @Test
    void aPausedDaemonIsNotTakenForADeadOne() throws Exception {
        usualCluster();
        ClusterNode victim = holder();
        Instant from = Instant.now();
        for (int pause = 0; pause < 3; pause++) {
            victim.pauseDaemon();
            Thread.sleep(500);
            victim.resumeDaemon();
            Thread.sleep(1000);
        }
        assertThat(cluster().power().cut(victim.name(), from)).isEmpty();
        cluster().awaitMembers(RECOVERY);
        assertThat(holder()).isEqualTo(victim);
    }
}
