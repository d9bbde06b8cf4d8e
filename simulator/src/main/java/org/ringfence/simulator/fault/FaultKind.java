package org.ringfence.simulator.fault;

import org.ringfence.simulator.world.Protection;

/** What may happen to a cluster in a random run; the weight says how often, against the others. */
public enum FaultKind {
    POWER_CUT(6),
    POWER_CUT_OF_DC(4),
    POWER_CUT_OF_ALL(1),
    DAEMON_CRASH(4),
    DAEMON_STALL(4),
    HOST_FREEZE(3),
    PARTITION(7),
    ONE_WAY_CUT(4),
    FLAPPING_LINK(3),
    SLOW_LINK(2),
    SLOW_NODE(4),
    LOST_PACKETS(2),
    MESSAGES_TWICE(2),
    CLOCK_JUMP(2),
    CLOCK_DRIFT(1),
    DISK_SLOW(2),
    DISK_FULL(2),
    DISK_LIES(2),
    DISK_CORRUPTS(1),
    AGENT_FAILS(4),
    AGENT_HANGS(2),
    AGENT_LIES(2),
    STOP_FAILS(2),
    RESOURCE_DIES(4),
    FENCE_DEVICE_SLOW(3),
    FENCE_DEVICE_FAILS(3),
    FENCE_DEVICE_HANGS(2),
    FENCE_DEVICE_SILENT(2),
    FENCE_DEVICE_LATE(1),
    GUARD_CRASH(3),
    GUARD_HANG(3),
    WATCHDOG_REFUSES(2),
    SBD_DISK_LOST(4),
    SBD_DISK_SLOW(2),
    SBD_DISK_HANGS(3),
    SBD_DISK_DAMAGED(2),
    ADMIN_CHANGE(8),
    ADMIN_STANDBY(4),
    ADMIN_TARGET_ROLE(3),
    ADMIN_MOVE(3),
    ADMIN_CLEANUP(3),
    ADMIN_FENCE(2),
    ADMIN_FENCING_OFF(1),
    ADMIN_ATTRIBUTE(2),
    ADMIN_MAINTENANCE(3),
    ADMIN_CONFIRMS_FENCED(2),
    ADMIN_ROLLING_RESTART(2),
    NODE_LEAVES(3);

    private final int weight;

    FaultKind(int weight) {
        this.weight = weight;
    }

    /** Whether it can happen where this is what nodes are fenced by. */
    boolean fits(Protection protection) {
        return switch (this) {
            case GUARD_CRASH, GUARD_HANG, WATCHDOG_REFUSES -> protection.hasGuards();
            case SBD_DISK_LOST, SBD_DISK_SLOW, SBD_DISK_HANGS, SBD_DISK_DAMAGED -> protection.disks() > 0;
            case FENCE_DEVICE_SLOW, FENCE_DEVICE_FAILS, FENCE_DEVICE_HANGS, FENCE_DEVICE_SILENT, FENCE_DEVICE_LATE ->
                protection.hasDevices();
            default -> true;
        };
    }

    int weight() {
        return weight;
    }
}
