package org.ringfence.simulator.world;

import java.time.Duration;
import org.ringfence.controller.selffencing.SelfFencing;

/** By what the nodes of a simulated cluster are fenced. */
public enum Protection {
    /** Power switches alone. */
    DEVICES(true, false, 0),
    /** Power switches; nodes run guards beside. */
    GUARDED_DEVICES(true, true, 0),
    /** A shared disk. */
    ONE_DISK(false, true, 1),
    /** Three shared disks, of which two are enough. */
    THREE_DISKS(false, true, 3),
    /** Their watchdogs alone. */
    DISKLESS(false, true, 0);

    /** What each guard asks of its watchdog. */
    public static final Duration WATCHDOG = Duration.ofSeconds(10);

    /** How long peers wait: for a watchdog, and for a message on a disk. */
    public static final Duration WAIT = Duration.ofSeconds(20);

    /** How long a guard goes on feeding after the last good sign. */
    public static final Duration HOLD = SelfFencing.hold(WAIT, WATCHDOG).orElseThrow();

    private final boolean devices;
    private final boolean guards;
    private final int disks;

    Protection(boolean devices, boolean guards, int disks) {
        this.devices = devices;
        this.guards = guards;
        this.disks = disks;
    }

    /** Whether there are power switches. */
    public boolean hasDevices() {
        return devices;
    }

    /** Whether each host runs a guard. */
    public boolean hasGuards() {
        return guards;
    }

    /** How many shared disks. */
    public int disks() {
        return disks;
    }
}
