package org.ringfence.network.balance.check;

import java.time.Duration;

/**
 * What is to be tried.
 *
 * @param timeout for all of one try
 * @param tries   how often it is tried before it has failed
 */
public record Attempt(Kind kind, Duration timeout, int tries) {

    /** Ways to find out. */
    public enum Kind {
        CONNECT,
        NEGOTIATE,
        EXTERNAL,
        PING
    }
}
