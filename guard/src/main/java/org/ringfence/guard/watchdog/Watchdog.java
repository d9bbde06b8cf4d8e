package org.ringfence.guard.watchdog;

import java.io.IOException;

/** An armed watchdog, for one thread at a time. */
public interface Watchdog {
    /** What its driver calls it. */
    String identity();

    /** After how long without food it resets the host, as it has really taken it. */
    long timeoutMillis();

    /**
     * Begins the timeout anew; allocates nothing.
     *
     * @return 0, or the errno with which it refused
     */
    int feed();

    /**
     * Lets go of it and has it rest.
     *
     * @return what became of it, one clause
     */
    String disarm() throws IOException;
}
