package org.ringfence.linux.watchdog;

/** What became of the watchdog when it was closed with the wish that it rests. */
public enum Disarming {
    /** The kernel says that it is not running. */
    DISARMED,
    /** It runs on: the host is reset when its timeout ends, unless someone opens and feeds it before. */
    STILL_ARMED,
    /** The kernel does not say; the driver was asked to in the way that it documents. */
    UNKNOWN
}
