package org.ringfence.controller.facts;

import java.util.Comparator;
import java.util.Optional;
import org.ringfence.controller.Protocol;
import org.ringfence.controller.membership.ViewNumber;

/**
 * One small thing that every member knows.
 *
 * @param value empty when it is no longer so; kept, so that an older value cannot come back
 * @param stamp who is newer when two members differ
 */
public record Fact(Key key, Optional<String> value, Stamp stamp) {

    /**
     * What a fact is about: the value of {@code name}, of kind {@code kind}, of the node {@code node}.
     */
    public record Key(Kind kind, String node, String name) implements Comparable<Key> {
        private static final Comparator<Key> ORDER =
                Comparator.comparing(Key::kind).thenComparing(Key::node).thenComparing(Key::name);

        @Override
        public int compareTo(Key other) {
            return ORDER.compare(this, other);
        }
    }

    /** The kinds of facts there are. */
    public enum Kind {
        /** Whether a node is a member, lost, fenced or left; the name is empty. Values are those of {@link Standing}. */
        STANDING(Protocol.OLDEST),
        /** A transient node attribute: a fail count, a promotion score. Gone with the node. */
        ATTRIBUTE(Protocol.OLDEST),
        /**
         * A resource that a node was still running when it left; the name is the resource's, the value says since when. No
         * longer so once the node is back or known to be off.
         */
        LEFT_RUNNING(2),
        /** The last fencing of a node; the value says when, how it ended and by whom. */
        FENCING(Protocol.OLDEST),
        /**
         * What the armed guard of a node has promised in the last view in which it was a member; the name is empty, the value is a
         * {@link org.ringfence.controller.selffencing.GuardPromise}. An older release that is not told of it counts on none.
         */
        GUARD(Protocol.LEASE),
        /** The call of a fence agent against a node that is under way; the name is {@code on} or {@code off}. */
        FENCING_UNDERWAY(3),
        /** Somebody asked for a node to be fenced and it has not come to an end; the value says how, who and why. */
        FENCING_WANTED(3),
        /** An agent has said that a node is fenced, which could be heard still. No longer so once the node is a member. */
        FENCING_SAID(3),
        /** A place in the ring of past fencings of all nodes; see {@link org.ringfence.controller.fencing.FencingLog}. */
        FENCING_LOG(3, true),
        /** What was last shown of a path to a node; see {@link org.ringfence.controller.fencing.FencingProof}. */
        FENCING_PROOF(3, true),
        /** A device that has said yes while a node went on; the name is the device's, the value says when, and what it was then. */
        FENCING_DISTRUST(3, true),
        /** A node that was fenced too often and runs nothing until somebody has let it in; the value says since when and why. */
        FENCING_LOOP(3, true);

        private final int since;
        private final boolean durable;

        Kind(int since) {
            this(since, false);
        }

        Kind(int since, boolean durable) {
            this.since = since;
            this.durable = durable;
        }

        /** Whether every member keeps it on its disk, so that it outlives a stop of the whole cluster. */
        public boolean isDurable() {
            return durable;
        }

        /** The first protocol that has it; see {@link Protocol}. */
        public int since() {
            return since;
        }
    }

    boolean kindIsLeft() {
        return key.kind() == Kind.STANDING && value.equals(Optional.of(Standing.LEFT.name()));
    }

    Fact asLost() {
        return new Fact(key, Optional.of(Standing.LOST.name()), stamp);
    }

    /** The DC of view {@code view} made it as its {@code count}th. */
    public record Stamp(ViewNumber view, long count) implements Comparable<Stamp> {
        /** Nothing that is said in this view comes after it. */
        static Stamp last(ViewNumber view) {
            return new Stamp(view, Long.MAX_VALUE);
        }

        private static final Comparator<Stamp> ORDER =
                Comparator.comparing(Stamp::view).thenComparingLong(Stamp::count);

        @Override
        public int compareTo(Stamp other) {
            return ORDER.compare(this, other);
        }
    }
}
