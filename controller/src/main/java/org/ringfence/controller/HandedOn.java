package org.ringfence.controller;

import java.util.Collection;
import java.util.Collections;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Requests of this node's callers that a DC has and has not answered yet.
 *
 * <p>An answer that belongs to a view ends with it. That to a fencing does not: the loss of the node that is fenced ends the
 * view by itself, and a DC that stays goes on and answers. It says with its {@code Join} what it carries on.
 *
 * @param here   of the present view, and whether each asks for a fencing
 * @param before fencings of former views of which the present DC has not said yet whether it carries them on
 */
public record HandedOn(SortedMap<Long, Boolean> here, SortedSet<Long> before) {
    static final HandedOn NONE = new HandedOn(new TreeMap<>(), new TreeSet<>());

    public HandedOn {
        here = Collections.unmodifiableSortedMap(new TreeMap<>(here));
        before = Collections.unmodifiableSortedSet(new TreeSet<>(before));
    }

    boolean has(long request) {
        return here.containsKey(request) || before.contains(request);
    }

    public HandedOn with(long request, boolean fencing) {
        var more = new TreeMap<>(here);
        more.put(request, fencing);
        return new HandedOn(more, before);
    }

    HandedOn without(long request) {
        var less = new TreeMap<>(here);
        less.remove(request);
        var fewer = new TreeSet<>(before);
        fewer.remove(request);
        return new HandedOn(less, fewer);
    }

    /** What remains when the view has ended. */
    HandedOn afterView() {
        var kept = new TreeSet<>(before);
        here.forEach((request, fencing) -> {
            if (fencing) {
                kept.add(request);
            }
        });
        return new HandedOn(new TreeMap<>(), kept);
    }

    /** What remains when the DC has said what it carries on. */
    HandedOn carriedOn(Collection<Long> requests) {
        var known = new TreeMap<>(here);
        before.stream().filter(requests::contains).forEach(request -> known.put(request, true));
        return new HandedOn(known, new TreeSet<>());
    }

    /** Those that are not in {@code other}. */
    SortedSet<Long> except(HandedOn other) {
        var gone = new TreeSet<>(here.keySet());
        gone.addAll(before);
        gone.removeIf(other::has);
        return gone;
    }
}
