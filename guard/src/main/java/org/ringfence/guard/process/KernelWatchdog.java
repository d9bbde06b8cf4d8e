package org.ringfence.guard.process;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.ringfence.guard.probe.ProbeFile;
import org.ringfence.guard.watchdog.Watchdog;
import org.ringfence.linux.ErrnoException;
import org.ringfence.linux.watchdog.TimeoutAnswer;
import org.ringfence.linux.watchdog.WatchdogDevice;
import org.ringfence.model.watchdog.WatchdogFact;
import org.ringfence.model.watchdog.WatchdogRange;

/** The host's watchdog, by its driver. */
final class KernelWatchdog implements Watchdog {
    private static final long MILLIS = 1_000;

    private final WatchdogDevice device;
    private final String identity;
    private final int seconds;

    private KernelWatchdog(WatchdogDevice device, String identity, int seconds) {
        this.device = device;
        this.identity = identity;
        this.seconds = seconds;
    }

    /**
     * Opens and by that arms it. A timeout that the driver did not take as it was asked for is no timeout that anything can be
     * promised with.
     *
     * @param state the folder in which questioning the driver has left what it takes
     * @throws Guard.RefusedException when there is no watchdog, somebody else has it, or it does not take the timeout
     */
    static KernelWatchdog arm(String path, int seconds, Path state) throws IOException, Guard.RefusedException {
        WatchdogDevice device;
        try {
            device = WatchdogDevice.open(path);
        } catch (IOException e) {
            throw new Guard.RefusedException("no watchdog at " + path + ": " + e.getMessage()
                    + "; without one a host that hangs cannot be stopped. Load its driver (for tests of any kind:"
                    + " modprobe softdog), or name another with watchdog = DEVICE; --without-watchdog starts all the"
                    + " same");
        }
        TimeoutAnswer answer = device.setTimeout(seconds);
        if (!answer.taken()) {
            String identity = device.support().identity();
            device.closeDisarmed();
            throw new Guard.RefusedException("the watchdog " + identity + " at " + path + " does not take a timeout of "
                    + seconds + " s: it has " + answer.inForce() + " s; "
                    + remedy(path, seconds, ProbeFile.read(state).flatMap(WatchdogFact::range)));
        }
        return new KernelWatchdog(device, device.support().identity(), seconds);
    }

    /** The nearest timeouts that it takes, and what they mean; or how to find out. */
    static String remedy(String path, int seconds, Optional<WatchdogRange> range) {
        return range.map(known -> "it takes " + known.min() + " to " + known.max() + " s, so set "
                        + known.nearest(seconds).stream()
                                .map(nearest -> "watchdog-timeout = " + nearest
                                        + "s (this node's peers then wait for it at least " + 2 * nearest + " s)")
                                .collect(Collectors.joining(" or ")))
                .orElse("what it takes: ringfence watchdog probe -d " + path);
    }

    @Override
    public String identity() {
        return identity;
    }

    @Override
    public long timeoutMillis() {
        return seconds * MILLIS;
    }

    @Override
    public int feed() {
        try {
            device.keepAlive();
            return 0;
        } catch (ErrnoException e) {
            return e.errno();
        }
    }

    @Override
    public String disarm() throws IOException {
        return device.closeDisarmed().name().toLowerCase(Locale.ROOT);
    }
}
