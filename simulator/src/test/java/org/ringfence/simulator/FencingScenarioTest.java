package org.ringfence.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.ringfence.controller.configuration.Edit;
import org.ringfence.controller.facts.Fact;
import org.ringfence.controller.request.Answer;
import org.ringfence.controller.request.Request;
import org.ringfence.model.NodeId;
import org.ringfence.simulator.world.ClusterText;
import org.ringfence.simulator.world.FenceDevices.Behaviour;
import org.ringfence.simulator.world.Host;

/** Devices that lie, nodes that are fenced again and again, and what is remembered of all that. */
class FencingScenarioTest {
    private static boolean knows(Host host, Fact.Kind kind) {
        return host.daemon()
                .map(daemon -> daemon.state().facts().facts().values().stream()
                        .anyMatch(fact ->
                                fact.key().kind() == kind && fact.value().isPresent()))
                .orElse(false);
    }

    @Test
    void aDeviceThatSaysYesWhileTheNodeAnswersIsCaughtAndTheSecondFences() {
        Scene scene = Scene.running(3);
        NodeId victim = scene.other();
        scene.world.fencing().behave(ClusterText.FENCE_AGENTS.getFirst(), Behaviour.LIES);
        List<Answer> answers = new ArrayList<>();
        scene.world.administrator().ask(scene.dc(), new Request.Fence(victim.name(), "reboot", "test"), answers::add);
        scene.until("the second device fences", () -> scene.world.fencing().timesFenced(victim) == 1);
        scene.until("the answer", () -> !answers.isEmpty());
        assertThat(answers.getFirst()).as(scene.story()).isInstanceOf(Answer.Done.class);
        scene.world.hosts().stream()
                .filter(host -> !host.node().equals(victim))
                .forEach(host -> assertThat(knows(host, Fact.Kind.FENCING_DISTRUST))
                        .as(host + "")
                        .isTrue());
        scene.settles();
    }

    @Test
    void whenTheOnlyDeviceLiesNothingIsRecoveredBeforeSomebodyLooks() {
        var scene = new Scene(3);
        scene.world.hosts().forEach(Host::powerOn);
        scene.load(1);
        scene.settles();
        NodeId victim = scene.other();
        scene.world.fencing().behave(ClusterText.FENCE_AGENTS.getFirst(), Behaviour.LIES);
        List<String> before = scene.active();
        List<Answer> answers = new ArrayList<>();
        scene.world.administrator().ask(scene.dc(), new Request.Fence(victim.name(), "off", "test"), answers::add);
        scene.until("the answer", () -> !answers.isEmpty());
        assertThat(answers.getFirst()).isInstanceOf(Answer.NotDone.class);
        assertThat(scene.world.fencing().timesFenced(victim)).isZero();
        assertThat(scene.active()).isEqualTo(before);
    }

    @Test
    void aNodeThatIsFencedTooOftenIsLeftOffAndRunsNothingUntilItIsLetIn() {
        Scene scene = Scene.running(3);
        scene.change(new Edit.SetProperty("fencing-loop-limit", "2"));
        NodeId victim = scene.other();
        Host host = scene.world.host(victim);
        host.powerOff();
        scene.until("it is fenced and boots", () -> scene.world.fencing().timesFenced(victim) == 1 && host.isPowered());
        scene.settles();
        host.powerOff();
        scene.until("it is fenced again", () -> scene.world.fencing().timesFenced(victim) == 2);
        scene.pass(30);
        assertThat(host.isPowered()).as("left off%n%s", scene.story()).isFalse();
        host.powerOn();
        scene.pass(60);
        assertThat(host.daemon()).isPresent();
        assertThat(host.agents().active()).as(scene.story()).isEmpty();
        assertThat(scene.ask(1, new Request.AdmitNode(victim.name(), "mended"))).isInstanceOf(Answer.Done.class);
        scene.pass(5);
        assertThat(knows(host, Fact.Kind.FENCING_LOOP)).isFalse();
        scene.settles();
    }

    @Test
    void whatWasFencedIsRememberedOverAStopOfTheWholeCluster() {
        Scene scene = Scene.running(3);
        NodeId victim = scene.other();
        scene.world.host(victim).powerOff();
        scene.until("it is fenced", () -> scene.world.fencing().timesFenced(victim) == 1);
        scene.settles();
        scene.world.hosts().forEach(Host::powerOff);
        scene.pass(5);
        scene.world.hosts().forEach(Host::powerOn);
        scene.settles();
        scene.world
                .hosts()
                .forEach(host -> assertThat(knows(host, Fact.Kind.FENCING_LOG))
                        .as(host + "")
                        .isTrue());
    }

    /** Seed 11727: whoever knew that it had been a member meanwhile had started anew. */
    @Test
    void whatAFormerDcAskedForIsNoFencingOfANodeThatWasAMemberSince() {
        Scene scene = Scene.running(5);
        NodeId dc = scene.dc();
        List<Host> others = scene.world.hosts().stream()
                .filter(host -> !host.node().equals(dc))
                .toList();
        Host victim = others.getFirst();
        List<Host> remaining = others.subList(1, 3);
        scene.leave(others.getLast());
        devices(scene, Behaviour.SLOW);
        victim.powerOff();
        scene.until("it is being fenced", () -> knows(remaining.getFirst(), Fact.Kind.FENCING_UNDERWAY));
        scene.pass(1);
        // Nobody fences the DC while it is alone.
        devices(scene, Behaviour.HANGS);
        isolate(scene, dc);
        scene.until("it is a member again", () -> isMember(remaining.getFirst(), victim.node()));
        scene.pass(1);
        remaining.forEach(Host::powerOff);
        scene.world.network().heal();
        isolate(scene, victim.node());
        devices(scene, Behaviour.WORKS);
        remaining.forEach(Host::powerOn);
        scene.until("it is fenced anew", () -> scene.world.fencing().timesFenced(victim.node()) == 2);
        scene.world.network().heal();
        others.getLast().powerOn();
        scene.settles();
    }

    private static void devices(Scene scene, Behaviour behaviour) {
        ClusterText.FENCE_AGENTS.forEach(agent -> scene.world.fencing().behave(agent, behaviour));
    }

    private static void isolate(Scene scene, NodeId node) {
        List<NodeId> others = scene.world.nodes().stream()
                .filter(other -> !other.equals(node))
                .toList();
        scene.world.network().cut(List.of(node), others);
    }

    private static boolean isMember(Host host, NodeId node) {
        return host.daemon()
                .flatMap(daemon -> daemon.state().membership().view())
                .filter(view -> view.quorate() && view.has(node))
                .isPresent();
    }
}
