package org.ringfence.network.balance.table;

import org.ringfence.network.balance.service.RealServer;

/**
 * A server's place in a service's table.
 *
 * @param weight from 0 on; above 0 only where it is serving
 */
public record Seat(RealServer server, int weight, State state) {

    /** What may happen to connections of that server. */
    public enum State {
        /** New connections come, by its weight; with weight 0 only those of clients that had it before. */
        SERVING,
        /** Down; its connections live on. */
        RESTING,
        /** Not to be used any more; its connections live on, and no new one comes. */
        DRAINED,
        /** Down, and its connections are given up. */
        GONE
    }

    public Seat {
        if (weight < 0 || (weight > 0 && state != State.SERVING)) {
            throw new IllegalArgumentException("weight " + weight + " while " + state);
        }
    }
}
