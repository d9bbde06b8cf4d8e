package org.ringfence.linux.watchdog;

/** A process that has a watchdog open: {@code systemd}, {@code sbd}, {@code watchdog}, our guard. */
public record WatchdogHolder(long pid, String name) {
    @Override
    public String toString() {
        return name + " (process " + pid + ")";
    }
}
