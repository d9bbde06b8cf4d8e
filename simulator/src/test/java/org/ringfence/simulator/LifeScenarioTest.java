package org.ringfence.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.ringfence.controller.Event;
import org.ringfence.controller.Protocol;
import org.ringfence.controller.configuration.Edit;
import org.ringfence.controller.membership.View;
import org.ringfence.controller.request.Request;
import org.ringfence.model.NodeId;
import org.ringfence.simulator.world.Agents.Misbehaviour;
import org.ringfence.simulator.world.ClusterText;
import org.ringfence.simulator.world.Host;
import org.ringfence.simulator.world.Protection;

/** Clusters that come up in part, are upgraded, restarted and told apart at bad moments, each under the judge's eyes. */
class LifeScenarioTest {

    @Test
    void aClusterThatStartsInPartRunsOnThePartAndTakesInTheRest() {
        var scene = new Scene(5);
        for (int number = 1; number <= 3; number++) {
            scene.host(number).powerOn();
        }
        scene.pass(15);
        scene.change(new Edit.Replace(ClusterText.of(scene.world.nodes(), 3, 2), "first"));
        scene.recovers();
        for (int number = 4; number <= 5; number++) {
            assertThat(scene.world.fencing().timesFenced(Scene.node(number)))
                    .as("nobody has seen n%d: it is made safe before anything starts", number)
                    .isPositive();
            scene.host(number).powerOn();
        }
        scene.settles();
    }

    @Test
    void aPartWithoutQuorumStartsNothingUntilItIsOne() {
        var scene = new Scene(5);
        scene.host(1).powerOn();
        scene.host(2).powerOn();
        scene.pass(120);
        assertThat(scene.active()).isEmpty();
        assertThat(scene.fencings()).isZero();
        scene.host(3).powerOn();
        scene.load();
        scene.recovers();
    }

    /** It proposes a view at the same moment as the DC that took over does, while the third has to reserve numbers on its disk. */
    @Test
    void theNodeThatWasDcComesBackAndNobodyElseIsFencedForIt() {
        for (int seed = 1; seed <= 100; seed++) {
            var scene = new Scene(3, Protection.DEVICES, seed);
            scene.world.hosts().forEach(Host::powerOn);
            scene.load();
            scene.settles();
            Host former = scene.world.host(scene.dc());
            former.powerOff();
            scene.recovers();
            scene.pass(5);
            scene.world.hosts().forEach(host -> host.disk().slowest(Duration.ofMillis(500)));
            former.powerOn();
            scene.settles();
            for (NodeId node : scene.world.nodes()) {
                int wanted = node.equals(former.node()) ? 1 : 0;
                assertThat(scene.world.fencing().timesFenced(node))
                        .as("how often %s was fenced with seed %d%n%s", node, seed, scene.story())
                        .isEqualTo(wanted);
            }
        }
    }

    /** Two nodes that cannot see each other shoot once: who comes back has not seen the other, and waits. */
    @Test
    void aCutBetweenTwoNodesDoesNotBecomeAFenceLoop() {
        Scene scene = Scene.running(2);
        scene.cut(1);
        scene.pass(600);
        assertThat(scene.fencings()).as(scene.story()).isBetween(1, 2);
        scene.world.network().heal();
        scene.settles();
    }

    /** A resource that cannot be stopped anywhere has each of its nodes fenced once, not for ever. */
    @Test
    void aResourceThatNeverStopsDoesNotBecomeAFenceLoop() {
        Scene scene = Scene.running(3);
        scene.world.hosts().forEach(host -> host.agents().misbehave("r1", "stop", Misbehaviour.FAILS));
        NodeId first = scene.world.hosts().stream()
                .filter(host -> host.agents().active().contains("r1"))
                .findFirst()
                .orElseThrow()
                .node();
        scene.change(new Edit.SetNodeAttribute(first.name(), "standby", "on"));
        scene.pass(600);
        assertThat(scene.fencings()).as(scene.story()).isEqualTo(1);
        assertThat(scene.allRun()).isTrue();
    }

    @Test
    void theDcsDaemonRestartsInTheMiddleOfATransition() {
        Scene scene = Scene.running(3);
        scene.change(new Edit.SetMeta("r1", "target-role", "Stopped"));
        scene.change(new Edit.SetMeta("r1", "target-role", ""));
        Host dc = scene.world.host(scene.dc());
        dc.crashDaemon();
        dc.startDaemon();
        scene.settles();
    }

    @Test
    void aDaemonRestartsWhileItsAgentIsAtWork() {
        Scene scene = Scene.running(3);
        scene.change(new Edit.SetMeta("r1", "target-role", "Stopped"));
        scene.until("r1 is down", () -> !scene.active().contains("r1"));
        scene.change(new Edit.SetMeta("r1", "target-role", ""));
        scene.until("r1 comes up", () -> scene.active().contains("r1"));
        Host host = scene.world.hosts().stream()
                .filter(one -> one.agents().active().contains("r1"))
                .findFirst()
                .orElseThrow();
        host.crashDaemon();
        host.startDaemon();
        scene.settles();
    }

    @Test
    void aClusterIsUpgradedNodeByNode() {
        var scene = new Scene(4);
        scene.host(1).install(Protocol.OLDEST);
        scene.host(3).install(Protocol.OLDEST);
        scene.world.hosts().forEach(Host::powerOn);
        scene.load();
        scene.settles();
        for (int number : List.of(1, 3)) {
            Host host = scene.host(number);
            scene.leave(host);
            host.install(Protocol.NEWEST);
            scene.pass(10);
            host.startDaemon();
            scene.pass(20);
            assertThat(scene.allRun()).as(scene.story()).isTrue();
        }
        scene.settles();
        assertThat(scene.fencings()).as(scene.story()).isZero();
    }

    @Test
    void whatANodeLeavesRunningIsFencedWhenTheNextDcHasNoWordsForIt() {
        Scene scene = maintained(5, 2);
        Host leaver = scene.host(3);
        assertThat(leaver.agents().active()).isNotEmpty();
        scene.leave(leaver);
        scene.pass(5);
        scene.host(1).powerOff();
        scene.pass(60);
        scene.change(2, new Edit.SetProperty("maintenance-mode", ""));
        scene.pass(60);
        assertThat(scene.world.fencing().timesFenced(leaver.node()))
                .as(scene.story())
                .isPositive();
        scene.settles();
    }

    /** Seed 5525: it told and took back that the node may leave, in one turn that did not end. */
    @Test
    void aDcThatCouldNotRememberItLetsNobodyLeaveWhatRuns() {
        Scene scene = maintained(3, 1);
        Host leaver = scene.host(3);
        leaver.daemon().orElseThrow().deliver(new Event.LeaveRequested());
        scene.pass(60);
        assertThat(leaver.daemon()).as("it waits").isPresent();
        scene.change(1, new Edit.SetProperty("maintenance-mode", ""));
        scene.until("it has left", () -> leaver.daemon().isEmpty());
        assertThat(leaver.agents().active()).isEmpty();
        leaver.startDaemon();
        scene.settles();
        assertThat(scene.fencings()).as(scene.story()).isZero();
    }

    /** So many nodes of which one has an older release, all resources left alone. */
    private static Scene maintained(int nodes, int older) {
        var scene = new Scene(nodes);
        scene.host(older).install(Protocol.OLDEST);
        scene.world.hosts().forEach(Host::powerOn);
        scene.load();
        scene.settles();
        scene.change(new Edit.SetProperty("maintenance-mode", "true"));
        scene.pass(10);
        return scene;
    }

    /**
     * Seed 1059: both have restarted, agree on a view, and lose each other before the one that was away has what was changed meanwhile.
     * Alone it must not act on what it has.
     */
    @Test
    void ofTwoNodesTheOneThatMissedAChangeDoesNotActBeforeItHasIt() {
        Scene scene = Scene.running(2);
        Host away = scene.host(1);
        Host other = scene.host(2);
        scene.leave(away);
        scene.pass(5);
        scene.change(2, new Edit.SetProperty("change-1", "1"));
        scene.world.network().cut(List.of(away.node()), List.of(other.node()));
        other.crashDaemon();
        other.startDaemon();
        away.startDaemon();
        scene.pass(20);
        scene.world.network().heal();
        scene.until("a view of both", () -> inViewOfBoth(away));
        scene.world.network().cut(List.of(away.node()), List.of(other.node()));
        scene.pass(60);
        scene.world.network().heal();
        scene.settles();
        var shown = scene.ask(1, new Request.ShowConfiguration());
        assertThat(shown.toString()).contains("change-1");
    }

    private static boolean inViewOfBoth(Host host) {
        Optional<View> view =
                host.daemon().flatMap(daemon -> daemon.state().membership().view());
        return view.filter(present -> present.members().size() == 2).isPresent();
    }
}
