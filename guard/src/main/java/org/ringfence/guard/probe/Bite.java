package org.ringfence.guard.probe;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Consumer;
import org.ringfence.guard.probe.Finding.Closing;
import org.ringfence.linux.watchdog.TimeoutAnswer;
import org.ringfence.linux.watchdog.WatchdogSupport;

/**
 * Lets a watchdog reset this host: arms it, stops feeding it, and writes how long the host lives on. Returns only when the
 * watchdog failed.
 */
public final class Bite {
    /** Beyond the timeout, until it counts as failed: drivers round up, and kernels feed hardware of a coarser grain themselves. */
    private static final int GRACE_SECONDS = 15;

    private static final int SIGN_OF_LIFE_MS = 100;

    private final WatchdogDriver driver;
    private final Path folder;
    private final InstantSource clock;

    /** @param folder where the record is kept, on a disk that outlives the reset */
    public Bite(WatchdogDriver driver, Path folder, InstantSource clock) {
        this.driver = driver;
        this.folder = folder;
        this.clock = clock;
    }

    /** How it failed. */
    public sealed interface Failure {
        /**
         * The driver did not take the timeout; nothing was let loose.
         *
         * @param why what it did instead
         */
        record Refused(String why, Closing closing) implements Failure {}

        /** The host lives. */
        record Survived(int timeout, long aliveMs, Closing closing) implements Failure {}
    }

    /**
     * Does it.
     *
     * @param seconds  the timeout
     * @param progress told how many milliseconds have passed since the last feeding, ten times each second
     */
    public Failure bite(int seconds, Consumer<Long> progress) throws IOException, InterruptedException {
        WatchdogDriver.Armed armed = driver.open();
        boolean resting = false;
        try {
            WatchdogSupport support = armed.support();
            TimeoutAnswer answer = armed.setTimeout(seconds);
            if (!answer.taken()) {
                Closing closing = Closing.of(armed.closeDisarmed());
                resting = true;
                String why = answer.accepted() ? "it took " + answer.inForce() + " s" : answer.reason();
                return new Failure.Refused(why, closing);
            }
            BiteRecord record = new BiteRecord(
                    driver.path(),
                    support.identity(),
                    BiteRecord.currentBoot(),
                    seconds,
                    Instant.ofEpochMilli(clock.millis()),
                    0,
                    false);
            record.writeTo(folder);
            armed.feed();
            long fed = System.nanoTime();
            long alive = 0;
            while (alive < (seconds + GRACE_SECONDS) * 1_000L) {
                Thread.sleep(SIGN_OF_LIFE_MS);
                alive = (System.nanoTime() - fed) / 1_000_000;
                record.alive(alive).writeTo(folder);
                progress.accept(alive);
            }
            Closing closing = Closing.of(armed.closeDisarmed());
            resting = true;
            record.alive(alive).withSurvival().writeTo(folder);
            return new Failure.Survived(seconds, alive, closing);
        } finally {
            if (!resting) {
                armed.closeDisarmed();
            }
        }
    }
}
