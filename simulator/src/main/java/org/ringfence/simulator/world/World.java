package org.ringfence.simulator.world;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.ringfence.controller.Settings;
import org.ringfence.controller.port.Scheduling;
import org.ringfence.model.NodeId;

/** Everything there is in a simulation. */
public final class World {
    /** How long nodes wait at first for those that nobody has seen. */
    public static final Duration STARTUP_GRACE = Duration.ofSeconds(20);

    private static final Instant BEGINNING = Instant.parse("2026-01-01T00:00:00Z");

    private final Clock clock = new Clock();
    private final List<NodeId> nodes;
    private final Scheduling scheduling;
    private final Machine machine;
    private final Witness witness;
    private final Journal journal;
    private final SortedMap<NodeId, Host> hosts = new TreeMap<>();
    private final Network network;
    private final FenceDevices fencing;
    private final Protection protection;
    private final SharedDisks disks;
    private final Administrator administrator;
    private final SortedSet<NodeId> frozen = new TreeSet<>();
    private final SortedMap<NodeId, Duration> clockErrors = new TreeMap<>();
    private final SortedMap<NodeId, Double> clockRates = new TreeMap<>();
    private final SortedMap<NodeId, Reading> clockReadings = new TreeMap<>();

    /** What a host's monotonic clock has shown at a moment, from which on it has had its present rate. */
    private record Reading(long truth, long shown) {}

    /** @param nodes how many; they are called n1, n2, ... and are switched off at first */
    public World(
            int nodes,
            Protection protection,
            Chance chance,
            Scheduling scheduling,
            Machine machine,
            Witness witness,
            Journal journal) {
        this.protection = protection;
        this.nodes = IntStream.rangeClosed(1, nodes)
                .mapToObj(number -> new NodeId("n" + number))
                .sorted()
                .toList();
        this.scheduling = scheduling;
        this.machine = machine;
        this.witness = witness;
        this.journal = journal;
        disks = new SharedDisks(this, chance.split(), protection.disks());
        this.nodes.forEach(node -> hosts.put(node, new Host(this, node, chance.split())));
        network = new Network(this, chance.split());
        fencing = new FenceDevices(this, chance.split());
        administrator = new Administrator(this);
    }

    public Clock clock() {
        return clock;
    }

    /** All nodes of the cluster, sorted. */
    public List<NodeId> nodes() {
        return nodes;
    }

    public Host host(NodeId node) {
        return Objects.requireNonNull(hosts.get(node), () -> "no host " + node);
    }

    public List<Host> hosts() {
        return List.copyOf(hosts.values());
    }

    /** Every daemon that runs, by its node's name. */
    public List<Daemon> daemons() {
        return hosts.values().stream().flatMap(host -> host.daemon().stream()).toList();
    }

    public Network network() {
        return network;
    }

    public FenceDevices fencing() {
        return fencing;
    }

    public Protection protection() {
        return protection;
    }

    public SharedDisks disks() {
        return disks;
    }

    public Administrator administrator() {
        return administrator;
    }

    public Journal journal() {
        return journal;
    }

    Machine machine() {
        return machine;
    }

    Witness witness() {
        return witness;
    }

    Settings settings(NodeId node) {
        return new Settings("simulated", node, nodes, STARTUP_GRACE, host(node).protocol(), scheduling);
    }

    /** A whole host stops, as a virtual machine does that is being moved: it neither answers nor notices. */
    public void freeze(NodeId node) {
        if (frozen.add(node)) {
            note(node, "host freezes");
            host(node).daemon().ifPresent(Daemon::pause);
            network.changed(node);
        }
    }

    public void thaw(NodeId node) {
        if (frozen.remove(node)) {
            note(node, "host thaws");
            network.changed(node);
            host(node).agents().thaw();
            host(node).daemon().ifPresent(Daemon::resume);
        }
    }

    public boolean isFrozen(NodeId node) {
        return frozen.contains(node);
    }

    /** A daemon stops while its host goes on: a long collection, a stopped process. */
    public void stall(NodeId node) {
        host(node).daemon().filter(daemon -> !daemon.isPaused()).ifPresent(daemon -> {
            note(node, "daemon stalls");
            daemon.pause();
            network.stalled(node, true);
        });
    }

    /** A stalled daemon goes on. */
    public void goOn(NodeId node) {
        host(node)
                .daemon()
                .filter(daemon -> daemon.isPaused() && !isFrozen(node))
                .ifPresent(daemon -> {
                    note(node, "daemon goes on");
                    daemon.resume();
                    network.stalled(node, false);
                });
    }

    /** From now on a host's clock is wrong by this much. */
    public void clockError(NodeId node, Duration error) {
        clockErrors.put(node, error);
    }

    /** From now on a host's timers take this many times as long as they should. */
    public void clockRate(NodeId node, double rate) {
        clockReadings.put(node, new Reading(clock.nanos(), monotonic(node)));
        clockRates.put(node, rate);
    }

    /** What a host's monotonic clock shows: where timers take too long, it is slow. */
    long monotonic(NodeId node) {
        Reading reading = clockReadings.getOrDefault(node, new Reading(0, 0));
        return reading.shown() + (long) ((clock.nanos() - reading.truth()) / clockRate(node));
    }

    double clockRate(NodeId node) {
        return clockRates.getOrDefault(node, 1.0);
    }

    Instant wall(NodeId node) {
        return BEGINNING.plusNanos(clock.nanos()).plus(clockErrors.getOrDefault(node, Duration.ZERO));
    }

    /** Puts a line about the world into the journal. */
    public void note(String what) {
        journal.note(clock.now(), "", what);
    }

    public void note(NodeId node, String what) {
        journal.note(clock.now(), node.name(), what);
    }

    /** Frozen hosts, for whoever repairs the world. */
    public SortedSet<NodeId> frozen() {
        return Collections.unmodifiableSortedSet(new TreeSet<>(frozen));
    }
}
