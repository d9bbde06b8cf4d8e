package org.ringfence.engine.embedded.detector;

import java.time.Duration;

/**
 * How long a watch waits, in nanoseconds.
 *
 * @param questionAfter silence of the daemon until its host is probed
 * @param probeInterval between probes while the host does not answer
 * @param probeAgain    until the next probe after one was answered
 * @param promptly      until the next probe when an end is likely: one was refused, or the connection has just been lost
 * @param deadAfter     silence of daemon and host until the peer is gone
 * @param hungAfter     silence of the daemon, or time without a connection to it, until it is hung
 * @param probes        so many unanswered probes at least before the peer is gone
 * @param refusals      so many refused probes until the daemon has ended
 */
public record Patience(
        long questionAfter,
        long probeInterval,
        long probeAgain,
        long promptly,
        long deadAfter,
        long hungAfter,
        int probes,
        int refusals) {

    /** Twice refused is ended; the second probe comes soon, since a closed port answers at once. */
    private static final int REFUSALS = 2;

    private static final Duration PROMPTLY = Duration.ofMillis(20);

    public static Patience of(
            Duration questionAfter, Duration probeInterval, Duration deadAfter, Duration hungAfter, int probes) {
        return new Patience(
                questionAfter.toNanos(),
                probeInterval.toNanos(),
                probeInterval.toNanos() * 2,
                PROMPTLY.toNanos(),
                deadAfter.toNanos(),
                hungAfter.toNanos(),
                probes,
                REFUSALS);
    }
}
