package org.ringfence.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import org.ringfence.controller.Event;
import org.ringfence.controller.configuration.Edit;
import org.ringfence.controller.dc.DcState;
import org.ringfence.controller.request.Answer;
import org.ringfence.controller.request.Request;
import org.ringfence.model.NodeId;
import org.ringfence.scheduler.Scheduler;
import org.ringfence.simulator.judge.Converges;
import org.ringfence.simulator.judge.Judge;
import org.ringfence.simulator.world.Chance;
import org.ringfence.simulator.world.ClusterText;
import org.ringfence.simulator.world.Daemon;
import org.ringfence.simulator.world.Host;
import org.ringfence.simulator.world.Journal;
import org.ringfence.simulator.world.Machine;
import org.ringfence.simulator.world.Protection;
import org.ringfence.simulator.world.World;

/** A small cluster for a directed scenario, under the judge's eyes. Each step lets time pass until what it says is so. */
final class Scene {
    private static final int RESOURCES = 3;

    final World world;
    private final Judge judge = new Judge();
    private final Journal journal = new Journal(false);
    private Optional<Answer> last = Optional.empty();

    Scene(int nodes) {
        this(nodes, Protection.DEVICES);
    }

    Scene(int nodes, Protection protection) {
        this(nodes, protection, 4711);
    }

    Scene(int nodes, Protection protection, long seed) {
        world = new World(nodes, protection, new Chance(seed), Scheduler::schedule, Machine.PRODUCTION, judge, journal);
    }

    /** A cluster of so many nodes whose resources run, fenced by this. */
    static Scene running(int nodes, Protection protection) {
        var scene = new Scene(nodes, protection);
        scene.world.hosts().forEach(Host::powerOn);
        scene.pass(25);
        scene.change(
                ClusterText.edits(scene.world.nodes(), RESOURCES, 2, protection).toArray(new Edit[0]));
        scene.settles();
        return scene;
    }

    /** A cluster of so many nodes whose resources run. */
    static Scene running(int nodes) {
        var scene = new Scene(nodes);
        scene.world.hosts().forEach(Host::powerOn);
        scene.load();
        scene.settles();
        return scene;
    }

    static NodeId node(int number) {
        return new NodeId("n" + number);
    }

    Host host(int number) {
        return world.host(node(number));
    }

    void load() {
        load(2);
    }

    void load(int devices) {
        pass(25);
        change(new Edit.Replace(ClusterText.of(world.nodes(), RESOURCES, devices), "first"));
    }

    void change(Edit... edits) {
        change(1, edits);
    }

    void change(int number, Edit... edits) {
        ask(number, new Request.ChangeConfiguration(List.of(edits), "", false, true));
        assertThat(last).as("answer%n%s", story()).containsInstanceOf(Answer.Done.class);
    }

    /** Asks a node and waits for its answer. */
    Answer ask(int number, Request request) {
        last = Optional.empty();
        world.administrator().ask(node(number), request, answer -> last = Optional.of(answer));
        for (int tries = 0; last.isEmpty() && tries < 100; tries++) {
            world.clock().runUntil(world.clock().now().plusMillis(100));
        }
        return last.orElseThrow(() -> new AssertionError("no answer to " + request + "\n" + story()));
    }

    /** Lets time pass, a millisecond at a time, until something is so. */
    void until(String what, BooleanSupplier so) {
        Duration end = world.clock().now().plusSeconds(180);
        while (!so.getAsBoolean()) {
            assertThat(world.clock().now()).as("%s%n%s", what, story()).isLessThan(end);
            world.clock().runUntil(world.clock().now().plusMillis(1));
        }
    }

    /** How often nodes were fenced. */
    int fencings() {
        return world.nodes().stream()
                .mapToInt(node -> world.fencing().timesFenced(node))
                .sum();
    }

    void leave(Host host) {
        host.daemon().orElseThrow().deliver(new Event.LeaveRequested());
        until(host.node() + " has left", () -> host.daemon().isEmpty());
    }

    void pass(int seconds) {
        world.clock().runUntil(world.clock().now().plusSeconds(seconds));
    }

    /** The node whose DC is ready in the latest view. */
    NodeId dc() {
        var dcs = new TreeMap<Object, NodeId>();
        for (Daemon daemon : world.daemons()) {
            daemon.state().dc().filter(DcState::ready).ifPresent(dc -> dcs.put(dc.view(), daemon.node()));
        }
        return dcs.lastEntry().getValue();
    }

    /** A node that is not the DC. */
    NodeId other() {
        NodeId dc = dc();
        return world.nodes().stream()
                .filter(node -> !node.equals(dc))
                .findFirst()
                .orElseThrow();
    }

    void cut(Integer... some) {
        List<NodeId> one = Arrays.stream(some).map(Scene::node).toList();
        world.network()
                .cut(
                        one,
                        world.nodes().stream()
                                .filter(node -> !one.contains(node))
                                .toList());
    }

    /** All nodes come together, and every resource runs on one of them and stays there. */
    void settles() {
        var converges = new Converges(world, ClusterText.resources(RESOURCES), judge.changes());
        Duration end = world.clock().now().plusSeconds(180);
        while (converges.missing().isPresent()) {
            assertThat(world.clock().now())
                    .as("%s%n%s", converges.missing().orElse(""), story())
                    .isLessThan(end);
            pass(1);
        }
        pass(20);
        assertThat(converges.missing()).as(story()).isEmpty();
    }

    /** Every resource runs on exactly one host, whoever is missing. */
    void recovers() {
        Duration end = world.clock().now().plusSeconds(180);
        while (!allRun()) {
            assertThat(world.clock().now()).as(story()).isLessThan(end);
            pass(1);
        }
    }

    boolean allRun() {
        return ClusterText.resources(RESOURCES).stream()
                .allMatch(resource -> world.hosts().stream()
                                .filter(host -> host.agents().active().contains(resource))
                                .count()
                        == 1);
    }

    List<String> active() {
        return world.hosts().stream()
                .flatMap(host -> host.agents().active().stream())
                .filter(resource -> !ClusterText.FENCE_AGENTS.contains(resource))
                .filter(resource -> !resource.equals(ClusterText.DISK_DEVICE))
                .sorted()
                .toList();
    }

    String story() {
        var text = new StringBuilder();
        journal.lines()
                .forEach(line -> text.append(line.when().toMillis())
                        .append(' ')
                        .append(line.who())
                        .append(' ')
                        .append(line.what())
                        .append('\n'));
        return text.toString();
    }
}
