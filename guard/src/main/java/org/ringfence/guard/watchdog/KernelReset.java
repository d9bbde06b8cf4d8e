package org.ringfence.guard.watchdog;

import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.ringfence.linux.Reboot;

/**
 * Has the kernel do it: through {@code /proc/sysrq-trigger} where the kernel has that, and else, or where it does nothing, through
 * reboot(2). The trigger is opened beforehand, so that nothing has to be looked up when it counts.
 */
public final class KernelReset implements Reset {
    private static final Path TRIGGER = Path.of("/proc/sysrq-trigger");

    /** Powering off is done by a worker of the kernel's, which needs a moment. */
    private static final long WORKER_MILLIS = 2_000;

    private final Optional<FileOutputStream> trigger;

    /** @throws IOException when this process may not end the host in that way */
    public KernelReset() throws IOException {
        this.trigger = Files.exists(TRIGGER) ? Optional.of(new FileOutputStream(TRIGGER.toString())) : Optional.empty();
    }

    @Override
    public void now(Kind kind) throws IOException {
        Optional<IOException> refused = Optional.empty();
        if (trigger.isPresent()) {
            refused = pull(trigger.get(), kind);
        }
        try {
            switch (kind) {
                case RESET, CRASHDUMP -> Reboot.restart();
                case OFF -> Reboot.powerOff();
            }
        } catch (IOException e) {
            refused.ifPresent(e::addSuppressed);
            throw e;
        }
    }

    /** Comes back only where it did not work. */
    private static Optional<IOException> pull(FileOutputStream trigger, Kind kind) {
        try {
            trigger.write(
                    switch (kind) {
                        case RESET -> 'b';
                        case OFF -> 'o';
                        case CRASHDUMP -> 'c';
                    });
            trigger.flush();
            Thread.sleep(WORKER_MILLIS);
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }
}
