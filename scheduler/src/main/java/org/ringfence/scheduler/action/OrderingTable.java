package org.ringfence.scheduler.action;

import org.jspecify.annotations.Nullable;

/** Orderings by the two actions' ids: an open hash table, for there are many and each is looked for before it is made. */
final class OrderingTable {
    private static final long SPREAD = 0x9E3779B97F4A7C15L;

    private @Nullable Ordering[] places = new @Nullable Ordering[1 << 10];
    private int size;

    /** What is asked of the same pair more than once adds up; any of them that is an order makes it one. */
    void order(Action first, Action then, int kinds) {
        int place = place(first.id, then.id);
        Ordering known = places[place];
        if (known != null) {
            int unordered = known.kinds & kinds & Ordering.UNORDERED;
            known.kinds = ((known.kinds | kinds) & ~Ordering.UNORDERED) | unordered;
            return;
        }
        var made = new Ordering(first, then, kinds);
        first.after.add(made);
        then.before.add(made);
        places[place] = made;
        size++;
        if (size > places.length / 2) {
            grow();
        }
    }

    /** Where the ordering of the two is, or would be. */
    private int place(int first, int then) {
        int mask = places.length - 1;
        long spread = (((long) first << 32) | then) * SPREAD;
        int place = (int) (spread >>> 32) & mask;
        while (true) {
            Ordering found = places[place];
            if (found == null || (found.first.id == first && found.then.id == then)) {
                return place;
            }
            place = (place + 1) & mask;
        }
    }

    private void grow() {
        @Nullable Ordering[] before = places;
        places = new @Nullable Ordering[before.length * 2];
        for (Ordering ordering : before) {
            if (ordering != null) {
                places[place(ordering.first.id, ordering.then.id)] = ordering;
            }
        }
    }
}
