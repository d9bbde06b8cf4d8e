package org.ringfence.linux.watchdog;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * What the kernel says of a watchdog without opening it, from {@code /sys/class/watchdog}. What the kernel does not say is
 * empty: an older one, or one built without CONFIG_WATCHDOG_SYSFS.
 *
 * @param name {@code watchdog0}
 * @param path {@code /dev/watchdog0}
 * @param driver {@code softdog}, {@code iTCO_wdt}, {@code i6300ESB timer}
 * @param armed whether it runs: a process has it open, or had and did not disarm it
 * @param nowayout whether closing never disarms it
 * @param timeout in seconds
 * @param minTimeout in seconds, as the driver declares it; 0 is "not declared"
 * @param maxTimeout in seconds, as the driver declares it; 0 is "not declared"
 * @param bootStatus the bits WDIOF_* that say why the host booted last
 */
public record WatchdogEntry(
        String name,
        String path,
        Optional<String> identity,
        Optional<String> driver,
        Optional<Boolean> armed,
        Optional<Boolean> nowayout,
        OptionalInt timeout,
        OptionalInt minTimeout,
        OptionalInt maxTimeout,
        OptionalInt bootStatus) {}
