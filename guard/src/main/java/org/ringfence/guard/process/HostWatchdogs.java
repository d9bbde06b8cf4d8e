package org.ringfence.guard.process;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.ringfence.guard.settings.GuardSettings;
import org.ringfence.guard.watchdog.KernelReset;
import org.ringfence.guard.watchdog.NoWatchdog;
import org.ringfence.guard.watchdog.Reset;
import org.ringfence.guard.watchdog.SimulatedWatchdog;
import org.ringfence.guard.watchdog.Watchdog;

/** This host's watchdog and its kernel; or a played host's, which must never reach for the real ones. */
final class HostWatchdogs implements Guard.Watchdogs {
    private static final long MILLIS = 1_000;

    private final GuardSettings settings;
    private final boolean without;
    private final Reset kernel;
    private Optional<SimulatedWatchdog> simulated = Optional.empty();

    /** @param without whether none is to be used, by its administrator's wish */
    HostWatchdogs(GuardSettings settings, boolean without) throws IOException {
        this.settings = settings;
        this.without = without;
        this.kernel = settings.simulated().isPresent() ? new Unplayed() : new KernelReset();
    }

    /** What a played host does while nothing is armed: nothing. */
    private record Unplayed() implements Reset {
        @Override
        public void now(Kind kind) throws IOException {
            throw new IOException("nothing is armed");
        }
    }

    @Override
    public Watchdog arm(int seconds) throws IOException, Guard.RefusedException {
        Optional<Path> file = settings.simulated();
        if (file.isPresent()) {
            SimulatedWatchdog armed = SimulatedWatchdog.arm(file.get(), seconds * MILLIS);
            simulated = Optional.of(armed);
            return armed;
        }
        return without ? new NoWatchdog() : KernelWatchdog.arm(settings.watchdog(), seconds, settings.state());
    }

    @Override
    public Reset reset() {
        return simulated.isPresent() ? simulated.get() : kernel;
    }
}
