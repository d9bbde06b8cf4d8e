package org.ringfence.systemtest;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import org.junit.jupiter.api.Test;
import org.ringfence.api.Reply;
import org.ringfence.api.StatusReply;
import org.ringfence.api.status.Interlock;
import org.ringfence.api.status.NodeStatus;
import org.ringfence.demo.cluster.Cluster;
import org.ringfence.demo.cluster.ClusterNode;
import org.ringfence.demo.power.Behaviour;

/** Fence devices on their bad days, and none at all. */
class FencingTest extends SystemTest {
    @Test
    void nothingRecoversWhileTheFenceDeviceFailsAndAllDoesOnceItWorks() throws Exception {
        usualCluster();
        nothingRecoversUntilTheSwitchWorks(new Behaviour.Fails());
    }

    @Test
    void nothingRecoversWhileTheFenceDeviceHangsAndAllDoesOnceItWorks() throws Exception {
        form(settings(3));
        SequencedMap<String, String> impatient = new LinkedHashMap<>();
        impatient.put("pcmk_reboot_timeout", "3s");
        impatient.put("pcmk_off_timeout", "3s");
        load(cluster().serviceCibWith(impatient));
        askFromOutside();
        nothingRecoversUntilTheSwitchWorks(new Behaviour.Hangs());
    }

    private void nothingRecoversUntilTheSwitchWorks(Behaviour badDay) throws Exception {
        ClusterNode victim = holder();
        cluster().power().behave(victim.name(), badDay);
        Instant fault = Instant.now();
        victim.off();
        Thread.sleep(Duration.ofSeconds(8));
        assertThat(answeredSince(fault.plusMillis(500)))
                .as("somebody took the service over")
                .isFalse();
        StatusReply status = cluster().anyNode().status();
        assertThat(state(status, victim))
                .hasValueSatisfying(
                        state -> assertThat(state).isIn(NodeStatus.State.UNCLEAN, NodeStatus.State.FENCING));
        Instant repaired = Instant.now();
        cluster().power().behave(victim.name(), new Behaviour.Works());
        awaitAnswerByAnotherThan(victim, repaired);
        assertThat(cluster().power().cut(victim.name(), repaired)).isPresent();
    }

    @Test
    void withoutAFenceDeviceNothingStartsAndTheReasonIsSaid() throws Exception {
        form(settings(3));
        Reply.Outcome outcome = cluster().load(cluster().serviceCib(false).primitive(Cluster.witness("w")));
        assertThat(outcome).isInstanceOf(Reply.Refused.class);
        done(cluster().load(cluster().serviceCib(false).primitive(Cluster.witness("w")), true));
        Thread.sleep(Duration.ofSeconds(2));
        StatusReply status = cluster().anyNode().status();
        assertThat(status.interlock().state()).isEqualTo(Interlock.State.ENGAGED);
        assertThat(status.interlock().reason()).isNotBlank();
        assertThat(status.interlock().commands()).isNotEmpty();
        assertThat(cluster().witness()).isEmpty();
    }
}
