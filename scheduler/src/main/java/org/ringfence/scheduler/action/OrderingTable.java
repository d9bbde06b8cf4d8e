package org.ringfence.scheduler.action;

import org.jspecify.annotations.Nullable;

/** Orderings by the two actions' ids: an open hash table, for there are many and each is looked for before it is made. */
final class OrderingTable {
    private static final long SPREAD = 0x9E3779B97F4A7C15L;

    private @Nullable Ordering[] places;
    /** Both ids of the ordering at each place; 0, which no action has, where there is none. */
    private long[] pairs;

    private int size;

    /** @param expected how many orderings there may be; it grows where there are more */
    OrderingTable(int expected) {
        int room = Integer.highestOneBit(Math.clamp(expected, 1 << 8, 1 << 28)) << 2;
        places = new @Nullable Ordering[room];
        pairs = new long[room];
    }

    /** What is asked of the same pair more than once adds up; any of them that is an order makes it one. */
    void order(Action first, Action then, int kinds) {
        long pair = pair(first, then);
        int place = place(pair);
        Ordering known = places[place];
        if (known != null) {
            int unordered = known.kinds & kinds & Ordering.UNORDERED;
            known.kinds = ((known.kinds | kinds) & ~Ordering.UNORDERED) | unordered;
            return;
        }
        var made = new Ordering(first, then, kinds);
        first.after.add(made);
        then.before.add(made);
        put(place, pair, made);
        size++;
        if (size > places.length / 2) {
            grow();
        }
    }

    private static long pair(Action first, Action then) {
        return ((long) first.id << 32) | then.id;
    }

    private void put(int place, long pair, Ordering ordering) {
        pairs[place] = pair;
        places[place] = ordering;
    }

    /** Where the ordering of the two is, or would be. */
    private int place(long pair) {
        int mask = pairs.length - 1;
        int place = (int) ((pair * SPREAD) >>> 32) & mask;
        while (pairs[place] != 0 && pairs[place] != pair) {
            place = (place + 1) & mask;
        }
        return place;
    }

    private void grow() {
        @Nullable Ordering[] before = places;
        places = new @Nullable Ordering[before.length * 4];
        pairs = new long[places.length];
        for (Ordering ordering : before) {
            if (ordering != null) {
                long pair = pair(ordering.first, ordering.then);
                put(place(pair), pair, ordering);
            }
        }
    }
}
