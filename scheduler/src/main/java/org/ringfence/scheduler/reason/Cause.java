package org.ringfence.scheduler.reason;

/**
 * One reason for a score, for an action, or for none.
 *
 * @param kind   what it is about, for programs
 * @param source which element says so
 * @param other  the other resource, node or ticket that it is about; empty when there is none
 * @param text   a clause for people, without a full stop; empty in {@link #NONE}
 */
public record Cause(Kind kind, Source source, String other, String text) {
    /** Nothing has been said yet. */
    public static final Cause NONE = new Cause(Kind.UNSAID, Source.NONE, "", "");

    /** What a cause is about, and with that what could be done about it. */
    public enum Kind {
        /** Nothing has been said. */
        UNSAID,
        /** A location constraint. */
        LOCATION,
        /** No constraint speaks of the node, and the cluster is one where that is needed. */
        OPT_IN,
        /** A location constraint with exclusive discovery elsewhere. */
        DISCOVERY,
        /** Where a primary is, or that it is nowhere. */
        COLOCATION,
        /** Where a dependent would like to be. */
        WISH,
        /** That members of a group are together. */
        GROUP,
        STICKINESS,
        /** Nobody may touch it. */
        UNMANAGED,
        /** It failed on the node as often as it may. */
        FAILURES,
        HEALTH,
        UTILIZATION,
        TICKET,
        SHUTDOWN_LOCK,
        /** What agents say of who is to be promoted. */
        PROMOTION,
        /** How many instances there may be, in all or on one node. */
        INSTANCES,
        /** What runs in a container, on a guest or remote node can, by its nature, be only in some places. */
        NATURE,
        /** The role that is asked for. */
        TARGET_ROLE,
        /** It is not configured any more. */
        REMOVED,
        /** The node: not online, in standby, in maintenance, leaving. */
        NODE,
        /** No node can have it. */
        NO_NODE,
        QUORUM,
        /** There is no way to fence, or a node has to be fenced. */
        FENCING,
        /** An operation failed. */
        FAILED,
        /** It is where it should not be, or in several places. */
        PLACE,
        MIGRATION,
        PARAMETERS,
        /** An ordering constraint. */
        ORDER,
        /** An action of its own that comes before or after. */
        SEQUENCE,
        /** What it is to be, and is not yet. */
        WANTED,
        /** It is observed, told of others, or cleaned up after. */
        CARE
    }

    public static Cause of(Kind kind, Source source, String text) {
        return new Cause(kind, source, "", text);
    }

    public static Cause of(Kind kind, String text) {
        return new Cause(kind, Source.NONE, "", text);
    }

    public boolean isSaid() {
        return kind != Kind.UNSAID;
    }

    @Override
    public String toString() {
        return text;
    }
}
