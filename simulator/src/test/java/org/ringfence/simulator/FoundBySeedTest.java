package org.ringfence.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.ringfence.controller.Event;
import org.ringfence.controller.configuration.Edit;
import org.ringfence.controller.request.Answer;
import org.ringfence.controller.request.Request;
import org.ringfence.simulator.world.ClusterText;
import org.ringfence.simulator.world.FenceDevices.Behaviour;
import org.ringfence.simulator.world.Host;

/** What random runs have found before it was mended, told again without chance. */
class FoundBySeedTest {

    /** The two that go on have both restarted and remember nothing; their disks tell of a view in which the third was. */
    @Test
    void aQuorumThatHasForgottenEverythingFencesWhomItCannotSee() {
        Scene scene = Scene.running(3);
        Host third = scene.host(3);
        scene.cut(3);
        for (int number = 1; number <= 2; number++) {
            scene.host(number).crashDaemon();
        }
        for (int number = 1; number <= 2; number++) {
            scene.host(number).startDaemon();
        }
        scene.pass(10);
        scene.recovers();
        assertThat(scene.world.fencing().timesFenced(third.node()))
                .as(scene.story())
                .isPositive();
        scene.world.network().heal();
        scene.settles();
    }

    @Test
    void aNodeThatLeavesBeforeItWasProbedIsLetGo() {
        Scene scene = Scene.running(3);
        Host host = scene.host(3);
        scene.leave(host);
        scene.pass(10);
        host.startDaemon();
        scene.until(
                "it is in a view",
                () -> host.daemon()
                        .flatMap(daemon -> daemon.state().membership().view())
                        .filter(view -> view.members().size() == 3)
                        .isPresent());
        host.daemon().orElseThrow().deliver(new Event.LeaveRequested());
        scene.until("it has left", () -> host.daemon().isEmpty());
        host.startDaemon();
        scene.settles();
        assertThat(scene.fencings()).as(scene.story()).isZero();
    }

    @Test
    void aCleanupWhileTheResourceIsBeingStoppedDoesNotLoseIt() {
        Scene scene = Scene.running(3);
        scene.change(new Edit.SetMeta("r1", "target-role", "Stopped"));
        Answer answer = scene.ask(1, new Request.Cleanup(Optional.of("r1"), Optional.empty()));
        assertThat(answer).isInstanceOfAny(Answer.Done.class, Answer.NotDone.class);
        scene.change(new Edit.SetMeta("r1", "target-role", ""));
        scene.settles();
        assertThat(scene.fencings()).as(scene.story()).isZero();
    }

    /** The fence device is slow, and the node whose daemon had ended is a member again before it has acted. */
    @Test
    void aFencingThatALaterViewHasMadeOutOfDateIsNoConfirmationOfAnything() {
        Scene scene = Scene.running(3);
        ClusterText.FENCE_AGENTS.forEach(agent -> scene.world.fencing().behave(agent, Behaviour.SLOW));
        Host host = scene.world.host(scene.other());
        host.crashDaemon();
        scene.pass(1);
        host.startDaemon();
        scene.pass(60);
        ClusterText.FENCE_AGENTS.forEach(agent -> scene.world.fencing().behave(agent, Behaviour.WORKS));
        scene.settles();
    }

    @Test
    void aNodeWithAFullDiskDoesNotBringAnOlderConfigurationBack() {
        Scene scene = Scene.running(3);
        Host full = scene.host(2);
        full.disk().full(true);
        full.crashDaemon();
        full.startDaemon();
        scene.pass(30);
        full.disk().full(false);
        scene.settles();
        scene.change(new Edit.SetProperty("change-1", "1"));
        List.copyOf(scene.world.hosts()).forEach(Host::powerOff);
        full.powerOn();
        scene.host(3).powerOn();
        scene.pass(30);
        assertThat(scene.ask(2, new Request.ShowConfiguration()).toString()).contains("change-1");
        scene.host(1).powerOn();
        scene.settles();
    }
}
