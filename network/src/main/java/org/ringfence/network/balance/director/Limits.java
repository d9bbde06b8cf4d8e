package org.ringfence.network.balance.director;

import java.time.Duration;

/**
 * What the director allows itself.
 *
 * @param threads        from 1 on
 * @param connectionsMax at once; while there are so many the next ones wait to be accepted
 * @param buffersMax     of {@link Buffers#BYTES} each, for each thread; who needs one more waits
 * @param idle           a connection without a byte for so long is ended; ipvsadm(8), "--set", has the same for tcp
 * @param idleHalfClosed the same once one side has ended its part
 * @param idleDatagrams  the same for a client over UDP
 * @param triesMax       how many servers are tried for one connection
 */
public record Limits(
        int threads,
        int connectionsMax,
        int buffersMax,
        Duration idle,
        Duration idleHalfClosed,
        Duration idleDatagrams,
        int triesMax) {
    public static final Limits DEFAULT =
            new Limits(2, 20_000, 2_048, Duration.ofMinutes(15), Duration.ofMinutes(2), Duration.ofMinutes(5), 3);

    public Limits {
        if (threads < 1 || connectionsMax < 1 || buffersMax < 2 || triesMax < 1) {
            throw new IllegalArgumentException(
                    "below what is needed: " + threads + ", " + connectionsMax + ", " + buffersMax + ", " + triesMax);
        }
    }

    public Limits withThreads(int number) {
        return new Limits(number, connectionsMax, buffersMax, idle, idleHalfClosed, idleDatagrams, triesMax);
    }
}
