package org.ringfence.scheduler.timers;

/**
 * One timer of the chain.
 *
 * @param name       as it is shown: {@code watchdog timeout}
 * @param property   the cluster property that fixes it; empty when none does
 * @param millis     its length
 * @param arithmetic how that comes about, in figures
 * @param counts     whether it is a part of the recovery time: what a client waits
 */
public record Link(String name, String property, long millis, String arithmetic, Origin origin, boolean counts) {
    static Link byHand(String name, String property, long millis, boolean counts) {
        return new Link(name, property, millis, "set by hand: " + property, Origin.BY_HAND, counts);
    }

    /** Where it is from. */
    public enum Origin {
        /** From the recovery target. */
        DERIVED,
        /** A cluster property fixes it. */
        BY_HAND,
        /** From what nodes measured, or what stands on their disks. */
        MEASURED,
        /** A constant of Ringfence. */
        CONSTANT
    }
}
