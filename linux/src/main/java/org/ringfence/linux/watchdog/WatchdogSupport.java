package org.ringfence.linux.watchdog;

/**
 * What WDIOC_GETSUPPORT answers.
 *
 * @param identity as the driver names what it drives: {@code Software Watchdog}, {@code i6300ESB timer}
 * @param options the bits WDIOF_* of linux/watchdog.h
 * @param firmware the version of the device's firmware; 0 where it has none
 */
public record WatchdogSupport(String identity, int options, int firmware) {
    private static final int ALARM_ONLY = 0x0400;
    private static final int MAGIC_CLOSE = 0x0100;
    private static final int PRETIMEOUT = 0x0200;
    private static final int SET_TIMEOUT = 0x0080;

    /** The timeout can be chosen. */
    public boolean setsTimeout() {
        return (options & SET_TIMEOUT) != 0;
    }

    /** Closing disarms only after a V was written; without this option each closing disarms, also that of a killed process. */
    public boolean hasMagicClose() {
        return (options & MAGIC_CLOSE) != 0;
    }

    public boolean hasPretimeout() {
        return (options & PRETIMEOUT) != 0;
    }

    /** It raises an alarm and resets nothing: of no use for fencing. */
    public boolean isAlarmOnly() {
        return (options & ALARM_ONLY) != 0;
    }
}
