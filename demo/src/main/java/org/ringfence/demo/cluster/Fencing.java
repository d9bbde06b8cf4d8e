package org.ringfence.demo.cluster;

/** How a lost node is known to be dead. */
public enum Fencing {
    /** A power switch that every node can reach. */
    SWITCH,
    /** A shared disk: a guard on each host reads it, and has a watchdog. */
    SBD,
    /** The watchdog of each host alone. */
    WATCHDOG;

    /** Whether every host has a guard and a watchdog. */
    public boolean guarded() {
        return this != SWITCH;
    }
}
