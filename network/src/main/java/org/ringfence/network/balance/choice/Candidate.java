package org.ringfence.network.balance.choice;

import org.ringfence.network.balance.service.Endpoint;
import org.ringfence.network.balance.service.RealServer;
import org.ringfence.network.balance.table.Seat;

/** A server with what it carries. It lives on after its seat is gone, until its last connection has ended. */
final class Candidate {
    /** A server that comes back is not given everything at once because it carries nothing: for so long it is taken to carry some. */
    static final long RETURN_MS = 10_000;

    private RealServer server;
    private int weight;
    private Seat.State state = Seat.State.GONE;
    private long active;
    private long total;
    private long failed;
    private boolean overloaded;
    private long handicap;
    private long returnedAt;
    /** Of the weighted turns. */
    long credit;

    Candidate(RealServer server) {
        this.server = server;
    }

    Endpoint endpoint() {
        return server.endpoint();
    }

    RealServer server() {
        return server;
    }

    /** @param average what those carry on average that serve beside it */
    void take(Seat seat, long average, long now) {
        if (weight == 0 && seat.weight() > 0) {
            handicap = average;
            returnedAt = now;
        }
        server = seat.server();
        weight = seat.weight();
        state = seat.state();
        measure();
    }

    void leave() {
        weight = 0;
        state = Seat.State.DRAINED;
    }

    int weight() {
        return weight;
    }

    /** Whether a client that had it before may have it again. */
    boolean serves() {
        return state == Seat.State.SERVING && !overloaded;
    }

    /** Whether a new client may have it. */
    boolean takesNew() {
        return serves() && weight > 0;
    }

    /** Connections, and for a while after its return some more. */
    long burden(long now) {
        long since = now - returnedAt;
        return active + (since >= RETURN_MS ? 0 : handicap * (RETURN_MS - since) / RETURN_MS);
    }

    void begun() {
        active++;
        total++;
        measure();
    }

    void ended() {
        active--;
        measure();
    }

    void refused() {
        active--;
        total--;
        failed++;
        measure();
    }

    /** ipvsadm(8), "--u-threshold", "--l-threshold": without a lower one, three quarters of the upper. */
    private void measure() {
        int upper = server.upperThreshold();
        int lower = server.lowerThreshold() == 0 ? upper * 3 / 4 : server.lowerThreshold();
        if (upper == 0 || active < lower) {
            overloaded = false;
        } else if (active >= upper) {
            overloaded = true;
        }
    }

    long active() {
        return active;
    }

    long total() {
        return total;
    }

    long failed() {
        return failed;
    }
}
