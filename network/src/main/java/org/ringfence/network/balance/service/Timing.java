package org.ringfence.network.balance.service;

import java.time.Duration;

/**
 * When a server is checked, and how patiently. ldirectord(8): checkinterval, checktimeout, negotiatetimeout, checkcount,
 * failurecount.
 *
 * @param interval         between the end of one check and the beginning of the next
 * @param checkTimeout     of a connect, external or ping check
 * @param negotiateTimeout of a negotiate check
 * @param checkCount       how often a ping check asks before it has failed, each time for the whole timeout
 * @param failureCount     how many checks in a row must fail until the server is down
 */
public record Timing(
        Duration interval, Duration checkTimeout, Duration negotiateTimeout, int checkCount, int failureCount) {
    public static final Duration DEFAULT_INTERVAL = Duration.ofSeconds(10);
    public static final Duration DEFAULT_CHECK_TIMEOUT = Duration.ofSeconds(5);
    public static final Duration DEFAULT_NEGOTIATE_TIMEOUT = Duration.ofSeconds(30);

    public Timing {
        if (interval.isNegative() || interval.isZero() || checkCount < 1 || failureCount < 1) {
            throw new IllegalArgumentException("no timing: " + interval + ", " + checkCount + ", " + failureCount);
        }
    }
}
