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
        FENCING(Protocol.OLDEST);

        private final int since;

        Kind(int since) {
            this.since = since;
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
        private static final Comparator<Stamp> ORDER =
                Comparator.comparing(Stamp::view).thenComparingLong(Stamp::count);

        @Override
        public int compareTo(Stamp other) {
            return ORDER.compare(this, other);
        }
    }
}
