package org.ringfence.engine.embedded;

/** Something to be done on the pulse's thread. It must not wait. */
@FunctionalInterface
interface PulseTask {
    /** @param now the monotonic clock in nanoseconds, as this round of the pulse has read it */
    void run(long now);
}
