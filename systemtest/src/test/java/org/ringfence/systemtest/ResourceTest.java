package org.ringfence.systemtest;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.ringfence.api.StatusReply;
import org.ringfence.demo.cluster.Cluster;
import org.ringfence.demo.cluster.ClusterNode;
import org.ringfence.demo.cluster.DemoCib;

/** Agents that misbehave, processes that die, and many resources. */
class ResourceTest extends SystemTest {
    @Test
    void anAgentThatHangsInStartIsEndedWithItsChildrenAndTheResourceStartsElsewhere() throws Exception {
        form(settings(3));
        cluster().misbehave("w", "start.n2", "hang");
        load(fenced().primitive(Cluster.witness("w").operation("start", "0s", "2s"))
                .prefers("w", "n2", 500));
        Cluster.await("the agent on n2", RECOVERY, () -> running("n2") > 0 ? Optional.of(true) : Optional.empty());
        ClusterNode elsewhere = awaitActive("w");
        assertThat(elsewhere.name()).isNotEqualTo("n2");
        assertThat(running("n2")).as("processes of the agent that hung").isZero();
        assertThat(cluster().node("n2").isOn())
                .as("a failed start alone fences nobody")
                .isTrue();
    }

    @Test
    void aNodeOnWhichAStopFailsIsFencedBeforeTheResourceStartsElsewhere() throws Exception {
        form(settings(3));
        load(fenced().primitive(Cluster.witness("w").operation("stop", "0s", "2s"))
                .prefers("w", "n2", 50));
        ClusterNode holder = awaitActive("w");
        cluster().misbehave("w", "stop." + holder.name(), "hang");
        Instant from = Instant.now();
        done(cluster()
                .anyNode()
                .call(new org.ringfence.api.Request.Standby(
                        new org.ringfence.model.NodeId(holder.name()), true, false)));
        Cluster.await("fencing of " + holder, RECOVERY, () -> cluster().power().cut(holder.name(), from));
        assertThat(awaitActive("w")).isNotEqualTo(holder);
    }

    /** What the hanging agent leaves: itself, waiting, and its child. */
    private int running(String node) {
        ClusterNode on = cluster().node(node);
        return on.running("sleep 54321").size() + on.running("sleep 12345").size();
    }

    @Test
    void aServiceThatIsKilledIsBackAtOnceAndNotWithTheNextMonitor() throws Exception {
        usualCluster();
        ClusterNode holder = holder();
        Instant fault = Instant.now();
        holder.killService();
        Thread.sleep(200);
        Instant back = awaitAnswer(fault.plusMillis(200), _ -> true).ended();
        assertThat(Duration.between(fault, back)).isLessThan(Duration.ofSeconds(3));
        assertThat(cluster().power().cut(holder.name(), fault)).isEmpty();
    }

    @Test
    void twoHundredResourcesStartAndOutliveTheLossOfANode() throws Exception {
        form(settings(3));
        DemoCib cib = fenced();
        for (int number = 1; number <= 200; number++) {
            cib.primitive(Cluster.witness("w" + number).operation("monitor", "60s", "20s"));
        }
        load(cib);
        awaitAllActive();
        ClusterNode victim = dc();
        Instant fault = Instant.now();
        victim.off();
        Cluster.await("fencing of " + victim, RECOVERY, () -> cluster().power().cut(victim.name(), fault));
        awaitAllActive();
    }

    private void awaitAllActive() {
        Cluster.await("200 active resources", Duration.ofSeconds(60), () -> {
            Optional<StatusReply> status = cluster().status();
            boolean all = status.isPresent()
                    && java.util.stream.IntStream.rangeClosed(1, 200)
                            .allMatch(number -> place(status.get(), "w" + number)
                                    .filter(node -> cluster().node(node).isOn())
                                    .isPresent());
            return all ? Optional.of(true) : Optional.empty();
        });
    }

    private DemoCib fenced() {
        return cluster().cib().fenceDevice("power", cluster().switchFolder());
    }
}
