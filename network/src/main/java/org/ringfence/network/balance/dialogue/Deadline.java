package org.ringfence.network.balance.dialogue;

import java.net.SocketTimeoutException;
import java.time.Duration;

/** When a check must have ended. */
final class Deadline {
    private final long at;

    private Deadline(long at) {
        this.at = at;
    }

    static Deadline after(Duration timeout) {
        return new Deadline(System.nanoTime() + timeout.toNanos());
    }

    /**
     * Milliseconds that are left, at least 1.
     *
     * @throws SocketTimeoutException when none are
     */
    int leftMs() throws SocketTimeoutException {
        long left = (at - System.nanoTime()) / 1_000_000;
        if (left <= 0) {
            throw new SocketTimeoutException("no answer in time");
        }
        return (int) Math.min(left, Integer.MAX_VALUE);
    }
}
