package org.ringfence.simulator.world;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.ringfence.controller.Protocol;
import org.ringfence.controller.configuration.StoredConfiguration;
import org.ringfence.model.NodeId;

/** One machine: its power, its disk, the resources that run on it, and the daemon when it is up. */
public final class Host {
    private static final Duration GUARD_STARTS = Duration.ofSeconds(1);

    private final World world;
    private final NodeId node;
    private final Disk disk;
    private final Agents agents;
    private final Chance chance;
    private final Watchdog watchdog;
    private final Guard guard;
    private @Nullable Daemon daemon;
    private boolean powered;
    private int boots;
    private long bootedAt;
    private int lives;
    private boolean startsByItself = true;
    private int protocol = Protocol.NEWEST;

    Host(World world, NodeId node, Chance chance) {
        this.world = world;
        this.node = node;
        this.chance = chance;
        disk = new Disk(world.clock(), chance.split());
        agents = new Agents(world, this, chance.split());
        watchdog = new Watchdog(world, this, chance.split());
        guard = new Guard(world, this, watchdog, chance.split());
    }

    public NodeId node() {
        return node;
    }

    public Disk disk() {
        return disk;
    }

    public Agents agents() {
        return agents;
    }

    public Watchdog watchdog() {
        return watchdog;
    }

    public Guard guard() {
        return guard;
    }

    public boolean isPowered() {
        return powered;
    }

    /** How often it was switched on: tells one life of the host from the next. */
    public int boots() {
        return boots;
    }

    /** Empty while no daemon runs. */
    public Optional<Daemon> daemon() {
        return Optional.ofNullable(daemon);
    }

    /** Whether the daemon starts with the host. */
    public void startsByItself(boolean does) {
        startsByItself = does;
    }

    /** Which protocol the release speaks that is installed; a daemon that runs goes on as it began. */
    public int protocol() {
        return protocol;
    }

    /** Installs a release that speaks this protocol at most. */
    public void install(int newest) {
        if (protocol != newest) {
            world.note(node, "a release with protocol " + newest + " is installed");
        }
        protocol = newest;
    }

    /** Switches it on; the daemon is up a moment later. */
    public void powerOn() {
        if (powered) {
            return;
        }
        powered = true;
        boots++;
        world.note(node, "host is switched on");
        world.witness().powerChanged(world, this);
        bootedAt = world.clock().nanos();
        int boot = boots;
        world.clock().after(GUARD_STARTS, () -> {
            if (powered && boots == boot) {
                guard.start();
            }
        });
        world.clock().after(chance.millis(3_000, 12_000), () -> {
            if (powered && boots == boot && startsByItself) {
                startDaemon();
            }
        });
    }

    /** Everything on it ends at once. */
    public void powerOff() {
        if (!powered) {
            return;
        }
        powered = false;
        world.note(node, "host has no power");
        endDaemon();
        Optional<StoredConfiguration> before = disk.configuration();
        disk.powerLost();
        noteLoss(before);
        agents.powerLost();
        guard.powerLost();
        world.witness().powerChanged(world, this);
        world.network().changed(node);
    }

    /** A block of the configuration is damaged; the daemon notices when it starts. */
    public void corruptDisk() {
        Optional<StoredConfiguration> before = disk.configuration();
        disk.corrupt();
        noteLoss(before);
    }

    private void noteLoss(Optional<StoredConfiguration> before) {
        if (!before.equals(disk.configuration())) {
            world.witness().diskLost(world, this, before.orElseThrow());
        }
    }

    /** When it was switched on last, in nanoseconds of the simulation. */
    public long bootedAt() {
        return bootedAt;
    }

    /** Its watchdog or its guard resets it, frozen or not. */
    void resetItself(String why) {
        if (powered) {
            world.note(node, "resets itself: " + why);
            reset();
            world.thaw(node);
        }
    }

    /** Off, and on again after a moment. */
    public void reset() {
        powerOff();
        world.clock().after(Duration.ofMillis(500), this::powerOn);
    }

    public void startDaemon() {
        if (powered && daemon == null) {
            world.note(node, "daemon starts");
            agents.endLeftovers();
            Daemon begun = new Daemon(world, this, ++lives);
            daemon = begun;
            begun.start();
            guard.daemonStarts(begun);
            world.network().changed(node);
        }
    }

    /** The process is gone; what it had started goes on. */
    public void crashDaemon() {
        if (daemon != null) {
            world.note(node, "daemon crashes");
            endDaemon();
            world.network().processEnded(node, false);
        }
    }

    /** The daemon has left by itself. */
    void left() {
        world.note(node, "daemon has left");
        world.witness().left(world, node);
        endDaemon();
        world.network().processEnded(node, true);
    }

    private void endDaemon() {
        if (daemon != null) {
            daemon.end();
            daemon = null;
            disk.interrupted();
        }
    }

    @Override
    public String toString() {
        return node.name();
    }
}
