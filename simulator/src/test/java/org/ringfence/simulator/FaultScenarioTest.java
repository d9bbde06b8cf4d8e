package org.ringfence.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.ringfence.controller.Event;
import org.ringfence.controller.configuration.Edit;
import org.ringfence.controller.request.Answer;
import org.ringfence.controller.request.Request;
import org.ringfence.model.NodeId;
import org.ringfence.simulator.world.Agents.Misbehaviour;
import org.ringfence.simulator.world.ClusterText;
import org.ringfence.simulator.world.FenceDevices.Behaviour;
import org.ringfence.simulator.world.Host;

/** Faults that every cluster meets sooner or later, one at a time and in bad company, each under the judge's eyes. */
class FaultScenarioTest {

    @TestFactory
    Stream<DynamicTest> aClusterFormsAndStartsItsResources() {
        return IntStream.rangeClosed(2, 6)
                .mapToObj(nodes -> DynamicTest.dynamicTest(nodes + " nodes", () -> Scene.running(nodes)));
    }

    @TestFactory
    Stream<DynamicTest> nodesMayStartInAnyOrder() {
        return Stream.of(
                        List.of(1, 2, 3),
                        List.of(1, 3, 2),
                        List.of(2, 1, 3),
                        List.of(2, 3, 1),
                        List.of(3, 1, 2),
                        List.of(3, 2, 1))
                .map(order -> DynamicTest.dynamicTest(order.toString(), () -> {
                    var scene = new Scene(3);
                    order.forEach(number -> {
                        scene.host(number).powerOn();
                        scene.pass(7);
                    });
                    scene.load();
                    scene.settles();
                    assertThat(scene.fencings()).as(scene.story()).isZero();
                }));
    }

    @Test
    void aNodeThatStartsLateIsWaitedForAndNotFenced() {
        var scene = new Scene(3);
        scene.host(2).powerOn();
        scene.host(3).powerOn();
        scene.pass(15);
        scene.host(1).powerOn();
        scene.load();
        scene.settles();
        assertThat(scene.fencings()).as(scene.story()).isZero();
    }

    @Test
    void aNodeThatNeverStartsIsFencedBeforeAnythingStarts() {
        var scene = new Scene(3);
        scene.host(2).powerOn();
        scene.host(3).powerOn();
        scene.pass(15);
        scene.ask(
                2,
                new Request.ChangeConfiguration(
                        List.of(new Edit.Replace(ClusterText.of(scene.world.nodes(), 3, 1), "first")),
                        "",
                        false,
                        true));
        scene.recovers();
        assertThat(scene.world.fencing().timesFenced(Scene.node(1))).isPositive();
    }

    @TestFactory
    Stream<DynamicTest> aNodeThatLosesItsPowerIsFencedAndItsResourcesRecovered() {
        return IntStream.rangeClosed(2, 5)
                .mapToObj(nodes -> DynamicTest.dynamicTest(nodes + " nodes", () -> {
                    Scene scene = Scene.running(nodes);
                    NodeId victim = scene.other();
                    scene.world.host(victim).powerOff();
                    scene.pass(15);
                    scene.recovers();
                    assertThat(scene.world.fencing().timesFenced(victim))
                            .as(scene.story())
                            .isPositive();
                    scene.settles();
                }));
    }

    @TestFactory
    Stream<DynamicTest> aDcThatLosesItsPowerIsSucceededAndFenced() {
        return IntStream.rangeClosed(2, 5)
                .mapToObj(nodes -> DynamicTest.dynamicTest(nodes + " nodes", () -> {
                    Scene scene = Scene.running(nodes);
                    NodeId victim = scene.dc();
                    scene.world.host(victim).powerOff();
                    scene.pass(15);
                    scene.recovers();
                    assertThat(scene.world.fencing().timesFenced(victim))
                            .as(scene.story())
                            .isPositive();
                    scene.settles();
                }));
    }

    /** Every way to split 2 to 5 nodes into two parts, up to the names of the nodes on each side. */
    @TestFactory
    Stream<DynamicTest> aSplitClusterRunsEachResourceOnceAndComesTogetherAgain() {
        List<DynamicTest> tests = new ArrayList<>();
        for (int nodes = 2; nodes <= 5; nodes++) {
            for (int subset = 1; subset < 1 << (nodes - 1); subset++) {
                List<Integer> side = new ArrayList<>();
                for (int bit = 0; bit < nodes; bit++) {
                    if ((subset >> bit & 1) == 1) {
                        side.add(bit + 1);
                    }
                }
                int count = nodes;
                tests.add(DynamicTest.dynamicTest(side + " of " + nodes, () -> split(count, side)));
            }
        }
        return tests.stream();
    }

    private static void split(int nodes, List<Integer> side) {
        Scene scene = Scene.running(nodes);
        scene.cut(side.toArray(new Integer[0]));
        scene.pass(60);
        scene.world.network().heal();
        scene.settles();
    }

    @Test
    void threeWaysApartNobodyHasQuorumAndNothingIsFenced() {
        Scene scene = Scene.running(3);
        scene.cut(1);
        scene.cut(2);
        scene.pass(60);
        assertThat(scene.active()).as("resources stop where there is no quorum").isEmpty();
        assertThat(scene.fencings()).isZero();
        scene.world.network().heal();
        scene.settles();
    }

    @Test
    void aNodeThatHearsNobodyIsFencedByThoseItCannotHear() {
        Scene scene = Scene.running(3);
        NodeId deaf = scene.other();
        scene.world.nodes().stream()
                .filter(node -> !node.equals(deaf))
                .forEach(node -> scene.world.network().link(node, deaf, false));
        scene.pass(30);
        scene.world.network().heal();
        scene.settles();
    }

    @Test
    void aBrokenLinkBetweenTwoOfThreeLeavesOneOutsideAndDoesNotFlap() {
        Scene scene = Scene.running(3);
        scene.world.network().cut(List.of(Scene.node(1)), List.of(Scene.node(3)));
        scene.pass(90);
        scene.world.network().heal();
        scene.settles();
        assertThat(scene.fencings()).as(scene.story()).isLessThanOrEqualTo(6);
    }

    @Test
    void aFailingFenceDeviceHoldsRecoveryUntilItWorks() {
        Scene scene = Scene.running(3);
        ClusterText.FENCE_AGENTS.forEach(agent -> scene.world.fencing().behave(agent, Behaviour.FAILS));
        NodeId victim = scene.other();
        boolean held = !scene.world.host(victim).agents().active().isEmpty();
        scene.world.host(victim).startsByItself(false);
        scene.world.host(victim).powerOff();
        scene.pass(90);
        assertThat(scene.allRun()).as("recovery waits").isEqualTo(!held);
        ClusterText.FENCE_AGENTS.forEach(agent -> scene.world.fencing().behave(agent, Behaviour.WORKS));
        scene.recovers();
    }

    @Test
    void theSecondDeviceFencesWhenTheFirstHangs() {
        Scene scene = Scene.running(3);
        scene.world.fencing().behave(ClusterText.FENCE_AGENTS.getFirst(), Behaviour.HANGS);
        NodeId victim = scene.other();
        scene.world.host(victim).powerOff();
        scene.pass(15);
        scene.recovers();
        assertThat(scene.world.fencing().timesFenced(victim)).isPositive();
        scene.settles();
    }

    @Test
    void fencingGoesOnWhenTheDcDiesInTheMiddleOfIt() {
        Scene scene = Scene.running(5);
        ClusterText.FENCE_AGENTS.forEach(agent -> scene.world.fencing().behave(agent, Behaviour.SLOW));
        scene.world.host(scene.other()).powerOff();
        scene.pass(3);
        scene.world.host(scene.dc()).powerOff();
        scene.pass(15);
        scene.recovers();
        scene.settles();
    }

    @Test
    void aChangeWhileANodeDiesIsAcknowledgedOrNotButNeverHalfThere() {
        Scene scene = Scene.running(3);
        NodeId victim = scene.other();
        scene.world.host(victim).powerOff();
        Answer answer = scene.ask(
                scene.world.nodes().indexOf(scene.dc()) + 1,
                new Request.ChangeConfiguration(List.of(new Edit.SetProperty("change-1", "1")), "", false, false));
        assertThat(answer).isInstanceOfAny(Answer.Done.class, Answer.NotDone.class);
        scene.settles();
    }

    @Test
    void aFullDiskKeepsAChangeFromBeingAcknowledged() {
        Scene scene = Scene.running(3);
        scene.host(2).disk().full(true);
        Answer answer = scene.ask(
                1, new Request.ChangeConfiguration(List.of(new Edit.SetProperty("change-1", "1")), "", false, false));
        assertThat(answer).isInstanceOf(Answer.NotDone.class);
        scene.host(2).disk().full(false);
        scene.change(new Edit.SetProperty("change-2", "2"));
        scene.settles();
    }

    @Test
    void everythingComesBackAfterAllNodesLoseTheirPowerAtOnce() {
        Scene scene = Scene.running(3);
        scene.change(new Edit.SetProperty("change-1", "1"));
        scene.world.hosts().forEach(Host::powerOff);
        scene.pass(5);
        scene.world.hosts().forEach(Host::powerOn);
        scene.settles();
    }

    @Test
    void ofTwoNodesTheOneThatComesBackAloneStartsNothing() {
        Scene scene = Scene.running(2);
        scene.world.hosts().forEach(Host::powerOff);
        scene.host(2).powerOn();
        scene.pass(90);
        assertThat(scene.active()).isEmpty();
        scene.host(1).powerOn();
        scene.settles();
    }

    @Test
    void aDaemonThatRestartsFindsItsResourcesRunning() {
        Scene scene = Scene.running(3);
        Host host = scene.world.host(scene.other());
        host.crashDaemon();
        host.startDaemon();
        scene.settles();
    }

    @Test
    void aShortPauseIsNoReasonToFence() {
        Scene scene = Scene.running(3);
        NodeId paused = scene.other();
        scene.world.stall(paused);
        scene.pass(5);
        scene.world.goOn(paused);
        scene.settles();
        assertThat(scene.fencings()).as(scene.story()).isZero();
    }

    @Test
    void aHostThatFreezesIsFencedAndItsResourcesRecovered() {
        Scene scene = Scene.running(3);
        NodeId frozen = scene.other();
        scene.world.freeze(frozen);
        scene.pass(30);
        scene.world.thaw(frozen);
        scene.settles();
        assertThat(scene.world.fencing().timesFenced(frozen)).isPositive();
    }

    @Test
    void aNodeThatLeavesGivesUpItsResourcesFirstAndIsNotFenced() {
        Scene scene = Scene.running(3);
        for (NodeId node : scene.world.nodes()) {
            Host host = scene.world.host(node);
            host.daemon().orElseThrow().deliver(new Event.LeaveRequested());
            scene.pass(30);
            assertThat(host.daemon()).as(scene.story()).isEmpty();
            assertThat(host.agents().active()).isEmpty();
            assertThat(scene.allRun()).as(scene.story()).isTrue();
            host.startDaemon();
            scene.settles();
        }
        assertThat(scene.fencings()).as(scene.story()).isZero();
    }

    @Test
    void whatANodeLeavesRunningInMaintenanceStartsNowhereElseUntilItIsBack() {
        Scene scene = Scene.running(3);
        Host host = scene.world.hosts().stream()
                .filter(one -> one.agents().active().contains("r1"))
                .findFirst()
                .orElseThrow();
        int other = host.node().equals(Scene.node(1)) ? 2 : 1;
        scene.change(other, new Edit.SetProperty("maintenance-mode", "true"));
        host.daemon().orElseThrow().deliver(new Event.LeaveRequested());
        scene.pass(30);
        assertThat(host.daemon()).as(scene.story()).isEmpty();
        scene.change(other, new Edit.SetProperty("maintenance-mode", ""));
        scene.pass(60);
        assertThat(host.agents().active()).as("left alone").contains("r1");
        Answer.Status status = (Answer.Status) scene.ask(other, new Request.Status());
        assertThat(status.status().problems())
                .anySatisfy(problem -> assertThat(problem.toString()).contains("r1", "ringfence fence " + host.node()));
        host.startDaemon();
        scene.settles();
        assertThat(scene.fencings()).as(scene.story()).isZero();
    }

    @Test
    void confirmingThatALeftNodeIsOffFreesWhatItRan() {
        Scene scene = Scene.running(3);
        Host host = scene.world.hosts().stream()
                .filter(one -> one.agents().active().contains("r1"))
                .findFirst()
                .orElseThrow();
        int other = host.node().equals(Scene.node(1)) ? 2 : 1;
        scene.change(other, new Edit.SetProperty("maintenance-mode", "true"));
        host.daemon().orElseThrow().deliver(new Event.LeaveRequested());
        scene.pass(30);
        scene.change(other, new Edit.SetProperty("maintenance-mode", ""));
        host.startsByItself(false);
        host.powerOff();
        scene.pass(30);
        assertThat(scene.active()).doesNotContain("r1");
        scene.ask(other, new Request.ConfirmFenced(host.node().name(), "the cord is out"));
        scene.recovers();
        assertThat(scene.fencings()).isZero();
    }

    @Test
    void aClusterInMaintenanceMayRestartDaemonByDaemonWithItsResourcesRunning() {
        Scene scene = Scene.running(3);
        List<String> before = scene.active();
        scene.change(new Edit.SetProperty("maintenance-mode", "true"));
        scene.pass(10);
        for (NodeId node : scene.world.nodes()) {
            Host host = scene.world.host(node);
            var running = host.agents().active();
            host.daemon().orElseThrow().deliver(new Event.LeaveRequested());
            scene.pass(20);
            assertThat(host.daemon()).as(scene.story()).isEmpty();
            assertThat(host.agents().active()).isEqualTo(running);
            host.startDaemon();
            scene.pass(20);
        }
        assertThat(scene.active()).isEqualTo(before);
        scene.change(new Edit.SetProperty("maintenance-mode", ""));
        scene.settles();
        assertThat(scene.fencings()).as(scene.story()).isZero();
    }

    @Test
    void restartingEachDaemonInTurnLosesNothing() {
        Scene scene = Scene.running(4);
        for (NodeId node : scene.world.nodes()) {
            Host host = scene.world.host(node);
            host.daemon().orElseThrow().deliver(new Event.LeaveRequested());
            scene.pass(30);
            host.startDaemon();
            scene.pass(10);
            assertThat(scene.allRun()).as(scene.story()).isTrue();
        }
        scene.settles();
        assertThat(scene.fencings()).as(scene.story()).isZero();
    }

    @Test
    void downToTheLastNodeThatMayRunAndNoFurther() {
        Scene scene = Scene.running(5);
        for (int number = 5; number >= 4; number--) {
            scene.host(number).startsByItself(false);
            scene.host(number).powerOff();
            scene.pass(20);
            scene.recovers();
        }
        scene.host(3).startsByItself(false);
        scene.host(3).powerOff();
        scene.pass(60);
        assertThat(scene.active()).as("two of five may not run anything").isEmpty();
    }

    @Test
    void twoNodesThatShootAtEachOtherComeBackAndRunEverything() {
        Scene scene = Scene.running(2);
        scene.cut(1);
        scene.pass(5);
        scene.world.network().heal();
        scene.settles();
        assertThat(scene.fencings()).isPositive();
    }

    @Test
    void aDamagedConfigurationIsTakenFromTheOthers() {
        Scene scene = Scene.running(3);
        NodeId damaged = scene.other();
        scene.world.host(damaged).crashDaemon();
        scene.world.host(damaged).corruptDisk();
        scene.world.host(damaged).startDaemon();
        scene.settles();
    }

    @Test
    void standbyInTurnMovesEverythingAway() {
        Scene scene = Scene.running(3);
        for (NodeId node : scene.world.nodes()) {
            scene.change(new Edit.SetNodeAttribute(node.name(), "standby", "on"));
            scene.pass(20);
            assertThat(scene.world.host(node).agents().active()).isEmpty();
            assertThat(scene.allRun()).isTrue();
            scene.change(new Edit.SetNodeAttribute(node.name(), "standby", ""));
        }
        scene.settles();
    }

    @Test
    void aResourceThatDiesIsStartedAgain() {
        Scene scene = Scene.running(3);
        scene.world
                .hosts()
                .forEach(host ->
                        host.agents().active().forEach(resource -> host.agents().die(resource)));
        scene.recovers();
        scene.settles();
        assertThat(scene.fencings()).isZero();
    }

    @Test
    void aResourceThatCannotBeStoppedHasItsNodeFenced() {
        Scene scene = Scene.running(3);
        Host host = scene.world.hosts().stream()
                .filter(one -> one.agents().active().contains("r1"))
                .findFirst()
                .orElseThrow();
        host.agents().misbehave("r1", "stop", Misbehaviour.FAILS);
        scene.change(new Edit.SetNodeAttribute(host.node().name(), "standby", "on"));
        scene.pass(30);
        scene.recovers();
        assertThat(scene.world.fencing().timesFenced(host.node())).isPositive();
        scene.change(new Edit.SetNodeAttribute(host.node().name(), "standby", ""));
        scene.settles();
    }

    @Test
    void aResourceThatFailsEverywhereStartsAfterACleanup() {
        Scene scene = Scene.running(3);
        scene.change(new Edit.SetMeta("r1", "target-role", "Stopped"));
        scene.pass(10);
        scene.world.hosts().forEach(host -> host.agents().misbehave("r1", "start", Misbehaviour.FAILS));
        scene.change(new Edit.SetMeta("r1", "target-role", ""));
        scene.pass(60);
        assertThat(scene.active()).doesNotContain("r1");
        scene.ask(1, new Request.Cleanup(Optional.of("r1"), Optional.empty()));
        scene.settles();
    }

    @Test
    void withoutAFenceDeviceNothingStarts() {
        var scene = new Scene(3);
        scene.world.hosts().forEach(Host::powerOn);
        scene.load(0);
        scene.pass(60);
        assertThat(scene.active()).isEmpty();
    }
}
