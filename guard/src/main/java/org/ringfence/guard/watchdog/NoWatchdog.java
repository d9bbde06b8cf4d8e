package org.ringfence.guard.watchdog;

/** None at all, for who wants it so: what the guard does by itself is all that there is. */
public final class NoWatchdog implements Watchdog {
    @Override
    public String identity() {
        return "none";
    }

    @Override
    public long timeoutMillis() {
        return 0;
    }

    @Override
    public int feed() {
        return 0;
    }

    @Override
    public String disarm() {
        return "there was none";
    }
}
