package org.ringfence.systemtest;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.ringfence.demo.client.Attempt;
import org.ringfence.demo.cluster.Cluster;
import org.ringfence.demo.cluster.ClusterNode;
import org.ringfence.demo.power.Behaviour;

/** Networks that come apart, looked at from each side. */
class PartitionTest extends SystemTest {
    @Test
    void theMajorityFencesTheNodeThatIsCutOffAndTakesItsServiceOver() throws Exception {
        usualCluster();
        ClusterNode victim = dc();
        place(victim);
        Instant fault = Instant.now();
        victim.machine().cutLink();
        Attempt back = awaitAnswerByAnotherThan(victim, fault);
        assertThat(cluster().power().cut(victim.name(), fault)).isPresent().hasValueSatisfying(cut -> {
            assertThat(cut.done()).isBefore(back.ended());
            assertThat(cut.by()).isNotEqualTo(victim.name());
        });
        for (ClusterNode other : cluster().others(victim)) {
            assertThat(cluster().power().cut(other.name(), fault)).isEmpty();
        }
    }

    @Test
    void theServiceOnTheMajoritysSideStaysWhereItIs() throws Exception {
        usualCluster();
        ClusterNode holder = holder();
        ClusterNode victim = cluster().others(holder).getLast();
        Instant fault = Instant.now();
        victim.machine().cutLink();
        Cluster.await("the cut of " + victim, RECOVERY, () -> cluster().power().cut(victim.name(), fault));
        awaitActive("w");
        settled();
        Thread.sleep(1000);
        assertThat(client().since(fault))
                .allSatisfy(attempt -> assertThat(attempt.answer()).isEqualTo(holder.name()));
    }

    @Test
    void theMinorityDoesNothingAndTheMajorityWaitsWhileTheCutNodeCannotBeFenced() throws Exception {
        usualCluster();
        ClusterNode victim = holder();
        cluster().power().behave(victim.name(), new Behaviour.Fails());
        int before = cluster().witness().size();
        Instant fault = Instant.now();
        victim.machine().cutLink();
        Cluster.await("the minority's loss of quorum", RECOVERY, () -> {
            try {
                return victim.status().cluster().quorate() ? Optional.empty() : Optional.of(true);
            } catch (org.ringfence.api.DaemonUnavailableException silent) {
                return Optional.empty();
            }
        });
        Thread.sleep(Duration.ofSeconds(4));
        List<ClusterNode> majority = cluster().others(victim);
        assertThat(client().since(fault.plusSeconds(1)).stream()
                        .filter(Attempt::answered)
                        .toList())
                .as("nobody took the service over")
                .isEmpty();
        assertThat(cluster().witness().subList(before, cluster().witness().size()))
                .allSatisfy(deed -> assertThat(deed.node())
                        .as("nothing starts in the minority")
                        .isNotEqualTo(victim.name()));
        for (ClusterNode node : majority) {
            assertThat(cluster().power().cut(node.name(), fault)).isEmpty();
        }
        cluster().power().behave(victim.name(), new Behaviour.Works());
        awaitAnswerByAnotherThan(victim, Instant.now());
    }
}
