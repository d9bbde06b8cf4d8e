package org.ringfence.controller.fencing;

import java.util.Comparator;
import org.ringfence.controller.membership.ViewNumber;

/**
 * Which call of a fence device something belongs to: it is never used again, also not by another DC.
 *
 * @param request the DC's number for the request
 * @param attempt counts the calls that were sent out for it
 */
public record CallId(ViewNumber view, long request, int attempt) implements Comparable<CallId> {
    private static final Comparator<CallId> ORDER = Comparator.comparing(CallId::view)
            .thenComparingLong(CallId::request)
            .thenComparingInt(CallId::attempt);

    @Override
    public int compareTo(CallId other) {
        return ORDER.compare(this, other);
    }
}
