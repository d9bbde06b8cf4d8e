package org.ringfence.guard.probe;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.ringfence.linux.watchdog.Disarming;
import org.ringfence.linux.watchdog.TimeoutAnswer;
import org.ringfence.linux.watchdog.WatchdogBusyException;
import org.ringfence.linux.watchdog.WatchdogEntry;
import org.ringfence.linux.watchdog.WatchdogHolder;
import org.ringfence.linux.watchdog.WatchdogSupport;

/** A watchdog that can be questioned. */
public interface WatchdogDriver {
    /** {@code /dev/watchdog0} */
    String path();

    /** What is known of it without opening it. */
    Optional<WatchdogEntry> entry() throws IOException;

    /** Who has it open, as far as this process may see. */
    List<WatchdogHolder> holders() throws IOException;

    /**
     * Opens it, by which it is armed.
     *
     * @throws WatchdogBusyException when another process has it
     */
    Armed open() throws IOException;

    /** An open one: it resets the host unless it is fed. */
    interface Armed {
        WatchdogSupport support() throws IOException;

        /** Asks for a timeout; taking one feeds. */
        TimeoutAnswer setTimeout(int seconds) throws IOException;

        /** In seconds; empty when the driver does not say. */
        OptionalInt timeout() throws IOException;

        /** In seconds; empty when the driver does not say. */
        OptionalInt timeLeft() throws IOException;

        /** In seconds; empty when it has none. */
        OptionalInt pretimeout() throws IOException;

        void feed() throws IOException;

        Disarming closeDisarmed() throws IOException;
    }
}
