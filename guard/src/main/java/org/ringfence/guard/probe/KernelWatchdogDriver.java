package org.ringfence.guard.probe;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.ringfence.linux.watchdog.Disarming;
import org.ringfence.linux.watchdog.TimeoutAnswer;
import org.ringfence.linux.watchdog.WatchdogDevice;
import org.ringfence.linux.watchdog.WatchdogEntry;
import org.ringfence.linux.watchdog.WatchdogHolder;
import org.ringfence.linux.watchdog.WatchdogHolders;
import org.ringfence.linux.watchdog.WatchdogSupport;
import org.ringfence.linux.watchdog.Watchdogs;

/** One of this host's watchdogs. */
public record KernelWatchdogDriver(String path) implements WatchdogDriver {

    /** All that the kernel lists. */
    public static List<WatchdogDriver> all() throws IOException {
        return Watchdogs.ofThisHost().list().stream()
                .<WatchdogDriver>map(entry -> new KernelWatchdogDriver(entry.path()))
                .toList();
    }

    @Override
    public Optional<WatchdogEntry> entry() throws IOException {
        return Watchdogs.ofThisHost().entry(path);
    }

    @Override
    public List<WatchdogHolder> holders() throws IOException {
        return WatchdogHolders.ofThisHost().of(path);
    }

    @Override
    public Armed open() throws IOException {
        return new Device(WatchdogDevice.open(path));
    }

    private record Device(WatchdogDevice device) implements Armed {
        @Override
        public WatchdogSupport support() throws IOException {
            return device.support();
        }

        @Override
        public TimeoutAnswer setTimeout(int seconds) throws IOException {
            return device.setTimeout(seconds);
        }

        @Override
        public OptionalInt timeout() throws IOException {
            return device.timeout();
        }

        @Override
        public OptionalInt timeLeft() throws IOException {
            return device.timeLeft();
        }

        @Override
        public OptionalInt pretimeout() throws IOException {
            return device.pretimeout();
        }

        @Override
        public void feed() throws IOException {
            device.keepAlive();
        }

        @Override
        public Disarming closeDisarmed() throws IOException {
            return device.closeDisarmed();
        }
    }
}
