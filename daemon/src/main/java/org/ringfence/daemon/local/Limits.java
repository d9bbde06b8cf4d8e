package org.ringfence.daemon.local;

import java.time.Duration;

/**
 * What callers may take of the daemon.
 *
 * @param connections  how many at a time; one more is told so and let go
 * @param requestBytes how long a request may be
 * @param idle         how long a connection may be without a request, and a request without its next byte
 * @param slow         how long a caller may take none of what it is sent
 */
public record Limits(int connections, int requestBytes, Duration idle, Duration slow) {

    /** A request is held several times over while it is read, so the longest depends on the heap: a sixteenth, 1 to 64 MiB. */
    public static final Limits DEFAULT = new Limits(
            64,
            (int) Math.clamp(Runtime.getRuntime().maxMemory() / 16, 1L << 20, 64L << 20),
            Duration.ofMinutes(1),
            Duration.ofSeconds(10));
}
