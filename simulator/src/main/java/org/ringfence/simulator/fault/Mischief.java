package org.ringfence.simulator.fault;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import org.ringfence.controller.Event;
import org.ringfence.controller.Protocol;
import org.ringfence.controller.dc.DcState;
import org.ringfence.model.NodeId;
import org.ringfence.simulator.world.Agents.Misbehaviour;
import org.ringfence.simulator.world.Chance;
import org.ringfence.simulator.world.ClusterText;
import org.ringfence.simulator.world.Daemon;
import org.ringfence.simulator.world.FenceDevices.Behaviour;
import org.ringfence.simulator.world.Host;
import org.ringfence.simulator.world.World;

/**
 * Does harm at random, from now on until it is ended; each piece of harm is over by itself after a while or at the end.
 * Faults are numbered in the order in which they are drawn, and each draws its details from a source of its own: so some of
 * them can be left out while the others stay what they are.
 */
public final class Mischief {
    private final World world;
    private final Chance chance;
    private final SortedSet<Integer> without;
    private final List<String> resources;
    private final Errands errands;
    private final List<FaultKind> kinds = new ArrayList<>();
    private final SortedMap<FaultKind, Integer> counts = new TreeMap<>();
    private int drawn;
    private boolean ended;

    /** @param without the numbers of faults that are drawn and do not happen */
    public Mischief(World world, Chance chance, List<String> resources, Errands errands, SortedSet<Integer> without) {
        this.world = world;
        this.chance = chance;
        this.without = without;
        this.resources = resources;
        this.errands = errands;
        for (FaultKind kind : FaultKind.values()) {
            for (int times = 0; times < kind.weight() && kind.fits(world.protection()); times++) {
                kinds.add(kind);
            }
        }
    }

    /** How often each kind has occurred. */
    public SortedMap<FaultKind, Integer> counts() {
        return new TreeMap<>(counts);
    }

    /** How many faults were drawn, those that were left out among them. */
    public int drawn() {
        return drawn;
    }

    public void begin() {
        world.clock().after(chance.millis(100, 12_000), () -> {
            if (!ended) {
                draw();
                if (chance.happens(0.3)) {
                    // Trouble comes in company: what happens while something else is under way finds the most.
                    world.clock().after(chance.millis(0, 1_500), this::draw);
                }
                begin();
            }
        });
    }

    public void end() {
        ended = true;
    }

    private void draw() {
        FaultKind kind = chance.oneOf(kinds);
        Chance details = chance.split();
        if (!without.contains(drawn++)) {
            counts.merge(kind, 1, Integer::sum);
            world.note("fault: " + kind);
            happen(kind, details);
        }
    }

    private void happen(FaultKind kind, Chance details) {
        NodeId node = details.oneOf(world.nodes());
        NodeId other = details.oneOf(
                world.nodes().stream().filter(one -> !one.equals(node)).toList());
        Host host = world.host(node);
        String resource = details.oneOf(resources);
        switch (kind) {
            case POWER_CUT -> cutPower(details, host);
            case POWER_CUT_OF_DC -> dc().ifPresent(daemon -> cutPower(details, daemon.host()));
            case POWER_CUT_OF_ALL -> world.hosts().forEach(each -> cutPower(details, each));
            case DAEMON_CRASH -> {
                host.crashDaemon();
                later(details, 100, 8_000, host::startDaemon);
            }
            case DAEMON_STALL -> {
                world.stall(node);
                later(details, 200, 20_000, () -> world.goOn(node));
            }
            case HOST_FREEZE -> {
                world.freeze(node);
                later(details, 200, 15_000, () -> world.thaw(node));
            }
            case PARTITION -> partition(details);
            case ONE_WAY_CUT -> {
                world.network().link(node, other, false);
                later(details, 300, 20_000, () -> world.network().link(node, other, true));
            }
            case FLAPPING_LINK -> flap(details, node, other, details.between(2, 12));
            case SLOW_LINK -> {
                world.network().delay(node, other, details.millis(20, 400));
                later(details, 1_000, 30_000, () -> world.network().delay(node, other, Duration.ofMillis(1)));
            }
            case SLOW_NODE -> {
                slow(node, details.millis(200, 900));
                later(details, 3_000, 30_000, () -> slow(node, Duration.ofMillis(1)));
            }
            case LOST_PACKETS -> {
                world.network().spikes(0.05);
                later(details, 1_000, 20_000, () -> world.network().spikes(0));
            }
            case MESSAGES_TWICE -> {
                world.network().duplicates(0.1);
                later(details, 1_000, 20_000, () -> world.network().duplicates(0));
            }
            case CLOCK_JUMP -> world.clockError(node, Duration.ofSeconds(details.between(-7_200, 7_200)));
            case CLOCK_DRIFT -> world.clockRate(node, 0.99 + details.between(0, 20) / 1_000.0);
            case DISK_SLOW -> {
                host.disk().slowest(details.millis(100, 4_000));
                later(details, 1_000, 30_000, () -> host.disk().slowest(Duration.ofMillis(8)));
            }
            case DISK_FULL -> {
                host.disk().full(true);
                later(details, 1_000, 20_000, () -> host.disk().full(false));
            }
            case DISK_LIES -> {
                badDisk().disk().lies(true);
                later(details, 5_000, 60_000, () -> badDisk().disk().lies(false));
            }
            case DISK_CORRUPTS -> badDisk().corruptDisk();
            case AGENT_FAILS ->
                host.agents()
                        .misbehave(resource, details.oneOf(List.of("start", "monitor", "start")), Misbehaviour.FAILS);
            case AGENT_HANGS ->
                host.agents().misbehave(resource, details.oneOf(List.of("start", "monitor")), Misbehaviour.HANGS);
            case AGENT_LIES -> host.agents().misbehave(resource, "monitor", Misbehaviour.LIES);
            case STOP_FAILS ->
                host.agents()
                        .misbehave(resource, "stop", details.oneOf(List.of(Misbehaviour.FAILS, Misbehaviour.HANGS)));
            case RESOURCE_DIES -> host.agents().die(resource);
            case FENCE_DEVICE_SLOW -> device(details, Behaviour.SLOW);
            case FENCE_DEVICE_FAILS -> device(details, Behaviour.FAILS);
            case FENCE_DEVICE_HANGS -> device(details, Behaviour.HANGS);
            case FENCE_DEVICE_SILENT -> device(details, Behaviour.SILENT);
            case FENCE_DEVICE_LATE -> device(details, Behaviour.LATE);
            case GUARD_CRASH -> {
                host.guard().crash();
                later(details, 200, 15_000, host.guard()::start);
            }
            case GUARD_HANG -> {
                host.guard().hang();
                later(details, 500, 20_000, host.guard()::goOn);
            }
            case WATCHDOG_REFUSES -> {
                host.watchdog().takes(Duration.ofSeconds(details.between(4, 40)));
                host.guard().crash();
                later(details, 200, 3_000, host.guard()::start);
                later(details, 5_000, 60_000, () -> host.watchdog().takes(Duration.ZERO));
            }
            case SBD_DISK_LOST -> {
                int disk = disk(details);
                // A cable of one host, or the disk itself.
                List<NodeId> without = details.happens(0.6) ? List.of(node) : world.nodes();
                without.forEach(one -> world.disks().lost(disk, one, true));
                later(
                        details,
                        2_000,
                        60_000,
                        () -> without.forEach(one -> world.disks().lost(disk, one, false)));
            }
            case SBD_DISK_SLOW -> {
                int disk = disk(details);
                world.disks().slowest(disk, details.millis(500, 9_000));
                later(details, 2_000, 40_000, () -> world.disks().slowest(disk, Duration.ofMillis(20)));
            }
            case SBD_DISK_HANGS -> {
                int disk = disk(details);
                world.disks().hangs(disk, true);
                later(details, 2_000, 40_000, () -> world.disks().hangs(disk, false));
            }
            case SBD_DISK_DAMAGED -> {
                int disk = disk(details);
                world.disks().damaged(disk, true);
                later(details, 2_000, 60_000, () -> world.disks().damaged(disk, false));
            }
            case ADMIN_CHANGE -> errands.change(node);
            case ADMIN_STANDBY -> errands.standby(node, other, details.happens(0.5));
            case ADMIN_TARGET_ROLE -> errands.targetRole(node, resource, details.happens(0.4));
            case ADMIN_MOVE -> errands.move(node, resource, other);
            case ADMIN_CLEANUP -> errands.cleanup(node);
            case ADMIN_FENCE -> errands.fence(node, other);
            case ADMIN_FENCING_OFF -> {
                errands.fencing(node, false);
                later(details, 5_000, 30_000, () -> errands.fencing(other, true));
            }
            case ADMIN_ATTRIBUTE -> errands.attribute(node, other);
            case ADMIN_MAINTENANCE -> {
                errands.maintenance(node, true);
                later(details, 5_000, 60_000, () -> errands.maintenance(other, false));
            }
            case ADMIN_CONFIRMS_FENCED -> {
                if (!host.isPowered()) {
                    errands.confirmFenced(other, node);
                }
            }
            case ADMIN_ROLLING_RESTART -> restartInTurn(details, world.nodes());
            case NODE_LEAVES -> {
                leave(host);
                later(details, 5_000, 30_000, host::startDaemon);
            }
        }
    }

    private static void leave(Host host) {
        host.daemon().ifPresent(daemon -> daemon.deliver(new Event.LeaveRequested()));
    }

    /** Stops, updates and starts one daemon after the other, patiently but not for ever. */
    private void restartInTurn(Chance details, List<NodeId> nodes) {
        if (nodes.isEmpty() || ended) {
            return;
        }
        Host host = world.host(nodes.getFirst());
        leave(host);
        later(details, 8_000, 20_000, () -> {
            host.install(Protocol.NEWEST);
            host.startDaemon();
            later(details, 3_000, 10_000, () -> restartInTurn(details, nodes.subList(1, nodes.size())));
        });
    }

    /** One disk of a cluster is bad, not several: no software survives that all copies are lost. */
    private Host badDisk() {
        return world.hosts().getLast();
    }

    private void later(Chance details, int least, int most, Runnable what) {
        world.clock().after(details.millis(least, most), what);
    }

    /** Whatever goes to a node or comes from it takes so long. */
    private void slow(NodeId node, Duration typical) {
        for (NodeId other : world.nodes()) {
            if (!other.equals(node)) {
                world.network().delay(node, other, typical);
                world.network().delay(other, node, typical);
            }
        }
    }

    private int disk(Chance details) {
        return details.between(0, world.disks().count() - 1);
    }

    private void cutPower(Chance details, Host host) {
        host.powerOff();
        later(details, 500, 40_000, host::powerOn);
    }

    private Optional<Daemon> dc() {
        return world.daemons().stream()
                .filter(daemon -> daemon.state().dc().map(DcState::ready).orElse(false))
                .findFirst();
    }

    private void partition(Chance details) {
        List<NodeId> some = new ArrayList<>();
        List<NodeId> others = new ArrayList<>();
        world.nodes().forEach(node -> (details.happens(0.5) ? some : others).add(node));
        world.network().cut(some, others);
        later(details, 300, 30_000, () -> {
            if (details.happens(0.8)) {
                world.network().heal();
            }
        });
    }

    private void flap(Chance details, NodeId node, NodeId other, int times) {
        boolean open = times % 2 == 0;
        world.network().link(node, other, open);
        world.network().link(other, node, open);
        if (times > 0) {
            later(details, 50, 2_500, () -> flap(details, node, other, times - 1));
        }
    }

    private void device(Chance details, Behaviour behaviour) {
        String agent = details.oneOf(ClusterText.FENCE_AGENTS);
        world.fencing().behave(agent, behaviour);
        later(details, 5_000, 60_000, () -> world.fencing().behave(agent, Behaviour.WORKS));
    }
}
