package org.ringfence.scheduler.action;

/** That one action comes before another, and what the need for one means for the other. */
public final class Ordering {
    /** When the first has to be done, so has the second. */
    public static final int THEN_IF_FIRST = 1;
    /** When the second has to be done, so has the first. */
    public static final int FIRST_IF_THEN = 2;
    /** When the first cannot be done, neither can the second. */
    public static final int THEN_NEEDS_FIRST = 4;
    /** A stop and the start after it: a start that has to be done, or cannot be, makes the stop necessary. */
    public static final int RESTART = 8;
    /** The second is a point that needs only some of those before it. */
    public static final int ANY_OF = 16;
    /** Counts only when both are on one node. */
    public static final int SAME_NODE = 32;
    /** A stop frees capacity that the second needs; to be dropped rather than waited for in a circle. */
    public static final int LOAD = 64;
    /** The first is a probe: it is only waited for, and only when something else is needed. */
    public static final int PROBE = 128;
    /** Only counts when the second is to be done anyway. */
    public static final int ASYMMETRICAL = 256;
    /** Actions of two resources that must not overlap, whichever comes first. */
    public static final int SERIALIZE = 512;
    /** The first has to be done for the second only when that is to be promoted. */
    public static final int FIRST_IF_THEN_PROMOTED = 1024;
    /** Does not count unless the first is a migration's. */
    public static final int MIGRATION = 2048;

    /** No order at all: only what one can or must means for the other. */
    public static final int UNORDERED = 4096;

    /** Made by the cluster itself, not asked for by the configuration. */
    public static final int GENERATED = 8192;

    /** The configuration lets the second depend on the first, even where for each instance that is worked out otherwise. */
    public static final int DEPENDS = 16384;

    public final Action first;
    public final Action then;
    public int kinds;

    /** Found to be impossible together with others that matter more. */
    public boolean dropped;

    Ordering(Action first, Action then, int kinds) {
        this.first = first;
        this.then = then;
        this.kinds = kinds;
    }

    public boolean has(int kind) {
        return (kinds & kind) != 0;
    }

    @Override
    public String toString() {
        return first + " -> " + then + " " + kinds;
    }
}
