package org.ringfence.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.ringfence.controller.Event;
import org.ringfence.controller.configuration.Edit;
import org.ringfence.controller.membership.MembershipState.Phase;
import org.ringfence.controller.request.Answer;
import org.ringfence.controller.request.Request;
import org.ringfence.simulator.world.Agents.Misbehaviour;
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

    /**
     * Seed 7101: n1 has given n3 up, whose disk is full and which therefore answers no proposal. By the time that n1 meets n2,
     * n3 is in a view with it, and each of n1 and n2 declines what the other proposes.
     */
    @Test
    void aMemberThatOneProposerHasGivenUpComesTogetherWithBoth() {
        var scene = new Scene(3);
        scene.world.network().cut(List.of(Scene.node(1)), List.of(Scene.node(2)));
        Host full = scene.host(3);
        full.disk().full(true);
        scene.host(1).powerOn();
        full.powerOn();
        scene.until("n1 gives n3 up", () -> members(scene.host(1)) == 1);
        scene.host(2).powerOn();
        scene.until(
                "n2 proposes",
                () -> scene.host(2)
                        .daemon()
                        .filter(daemon -> daemon.state().membership().phase() instanceof Phase.Proposing)
                        .isPresent());
        full.disk().full(false);
        scene.until("n2 and n3 agree", () -> members(full) == 2);
        scene.world.network().heal();
        scene.until("n1 is taken in", () -> members(scene.host(1)) == 3);
    }

    /**
     * Seed 18776: the third has missed every change, and one of the two that had them has lost its own to a bad block. They
     * are a majority, and know nothing.
     */
    @Test
    void aDamagedConfigurationIsNotTakenForNone() {
        var scene = new Scene(3);
        Host late = scene.host(1);
        Host intact = scene.host(2);
        Host damaged = scene.host(3);
        late.startsByItself(false);
        intact.powerOn();
        damaged.powerOn();
        scene.pass(25);
        scene.change(2, new Edit.Replace(ClusterText.of(scene.world.nodes(), 3, 2), "first"));
        scene.recovers();
        intact.powerOff();
        damaged.powerOff();
        damaged.corruptDisk();
        late.startDaemon();
        damaged.powerOn();
        scene.until("the two are a view", () -> members(late) == 2);
        scene.pass(60);
        assertThat(scene.active()).isEmpty();
        intact.powerOn();
        scene.settles();
    }

    /**
     * Seed 8548: a start is under way when maintenance begins, and a probe says of a node that joins that the resource has
     * failed there.
     */
    @Test
    void aStartUnderWayIsNotAskedForAgainWhereAProbeHasFailed() {
        Scene scene = Scene.running(3);
        scene.change(new Edit.SetMeta("r1", "target-role", "Stopped"));
        scene.until("r1 is down", () -> !scene.active().contains("r1"));
        Host late = scene.host(1);
        scene.leave(late);
        scene.pass(10);
        List<Host> others = List.of(scene.host(2), scene.host(3));
        others.forEach(host -> host.agents().misbehave("r1", "start", Misbehaviour.HANGS));
        int before = scene.story().length();
        scene.change(2, new Edit.SetMeta("r1", "target-role", ""));
        scene.until("it is being started", () -> scene.story().lastIndexOf("ACTION_BEGUN r1: start") > before);
        others.forEach(host -> host.agents().behave());
        scene.change(2, new Edit.SetProperty("maintenance-mode", "true"));
        late.agents().misbehave("r1", "monitor", Misbehaviour.FAILS);
        late.startDaemon();
        scene.until("its probe has failed", () -> scene.story().contains("r1 monitor on n1: error"));
        scene.pass(60);
        scene.change(new Edit.SetProperty("maintenance-mode", ""));
        scene.settles();
    }

    private static int members(Host host) {
        return host.daemon()
                .flatMap(daemon -> daemon.state().membership().view())
                .map(view -> view.members().size())
                .orElse(0);
    }
}
