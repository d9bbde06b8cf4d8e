package org.ringfence.controller.membership;

import java.util.Comparator;
import org.ringfence.model.NodeId;

/**
 * The number of a view, or of a proposal for one. Never used twice: a proposer counts past every number it has seen and
 * has its count on disk before it proposes, and two proposers differ by name.
 */
public record ViewNumber(long counter, NodeId proposer) implements Comparable<ViewNumber> {
    private static final Comparator<ViewNumber> ORDER =
            Comparator.comparingLong(ViewNumber::counter).thenComparing(ViewNumber::proposer);

    @Override
    public int compareTo(ViewNumber other) {
        return ORDER.compare(this, other);
    }

    public boolean isAfter(ViewNumber other) {
        return compareTo(other) > 0;
    }

    @Override
    public String toString() {
        return counter + "@" + proposer;
    }
}
