package org.ringfence.api;

import java.nio.file.Path;
import java.time.Duration;

/**
 * The facts that both ends of the local API share; docs/api.md has the whole of it.
 *
 * <p>A request is one line of JSON, {@code {"protocol":1,"request":{"type":"Status"}}}. It is answered with one or more lines
 * {@code {"protocol":1,"last":false,"reply":{...}}}, of which exactly one, the last, has {@code "last":true}. After that the
 * next request may follow on the same connection. An empty line in place of a reply means: still working.
 */
public final class Protocol {
    /** Raised when a request or a reply changes its meaning; new fields and new kinds of request do not raise it. */
    public static final int VERSION = 1;

    public static final Path DEFAULT_SOCKET = Path.of("/run/ringfence/ringfence.sock");

    /** While it works on an answer, the daemon says so this often. */
    public static final Duration STILL_WORKING_EVERY = Duration.ofSeconds(2);

    private Protocol() {}
}
