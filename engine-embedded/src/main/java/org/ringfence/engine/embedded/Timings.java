package org.ringfence.engine.embedded;

import java.time.Duration;

/**
 * When silence becomes a question and a question an answer. All are counted from the last sign of life, on this node's
 * monotonic clock, without the time in which this node itself was paused.
 *
 * @param heartbeat     from one heartbeat to the next, 20 ms to 5 s
 * @param questionAfter silence after which the peer's host is probed; at least three heartbeats
 * @param probeInterval from one probe to the next while the host does not answer, 10 ms to 5 s
 * @param probeTimeout  a probe without an answer for so long counts as unanswered, 10 ms to 10 s; should exceed the
 *                      network's round trip
 * @param deadAfter     silence of both daemon and host after which the peer is gone
 * @param hungAfter     silence of the daemon, while its host answers, after which it counts as hung; at least twice
 *                      {@code deadAfter}
 */
public record Timings(
        Duration heartbeat,
        Duration questionAfter,
        Duration probeInterval,
        Duration probeTimeout,
        Duration deadAfter,
        Duration hungAfter) {

    /** So many probes in a row must stay unanswered before a peer is gone. */
    public static final int PROBES = 3;

    /** For a local network: a peer that is cut off is reported after about a second. */
    public static final Timings DEFAULT = new Timings(
            Duration.ofMillis(100),
            Duration.ofMillis(400),
            Duration.ofMillis(100),
            Duration.ofMillis(150),
            Duration.ofMillis(900),
            Duration.ofSeconds(10));

    public Timings {
        within("heartbeat", heartbeat, 20, 5_000);
        within("probe-interval", probeInterval, 10, 5_000);
        within("probe-timeout", probeTimeout, 10, 10_000);
        atLeast("question-after", questionAfter, heartbeat.multipliedBy(3), "3 x heartbeat " + millis(heartbeat));
        atLeast(
                "dead-after",
                deadAfter,
                questionAfter.plus(probeInterval.multipliedBy(PROBES - 1)).plus(probeTimeout),
                "question-after " + millis(questionAfter) + " + " + (PROBES - 1) + " x probe-interval "
                        + millis(probeInterval) + " + probe-timeout " + millis(probeTimeout));
        atLeast("hung-after", hungAfter, deadAfter.multipliedBy(2), "2 x dead-after " + millis(deadAfter));
    }

    /** The same with another time until a daemon that does not answer counts as hung. */
    public Timings withHungAfter(Duration hungAfter) {
        return new Timings(heartbeat, questionAfter, probeInterval, probeTimeout, deadAfter, hungAfter);
    }

    private static void within(String name, Duration value, long leastMillis, long mostMillis) {
        if (value.compareTo(Duration.ofMillis(leastMillis)) < 0 || value.compareTo(Duration.ofMillis(mostMillis)) > 0) {
            throw new IllegalArgumentException(
                    name + " " + millis(value) + " is not within " + leastMillis + " ms to " + mostMillis + " ms");
        }
    }

    private static void atLeast(String name, Duration value, Duration least, String sum) {
        if (value.compareTo(least) < 0) {
            throw new IllegalArgumentException(
                    name + " " + millis(value) + " is less than " + millis(least) + " (" + sum + ")");
        }
    }

    private static String millis(Duration duration) {
        return duration.toMillis() + " ms";
    }
}
