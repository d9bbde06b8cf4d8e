package org.ringfence.daemon.guard;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.ringfence.guard.board.Slowest;
import org.ringfence.guard.probe.ProbeFile;
import org.ringfence.model.watchdog.WatchdogFact;
import org.ringfence.scheduler.timers.NodeTimes;

/**
 * What this node can say of its own clockwork: which timeouts its watchdog takes, how often its guard reads the shared disks and
 * how long they take, and for how long the daemon stood still.
 */
public final class Clockwork {
    private static final System.Logger LOG = System.getLogger("ringfence");
    private static final Duration TICK = Duration.ofMillis(100);

    /** What is measured is told in steps, so that no attribute changes all the time. */
    private static final long STEP_MILLIS = 100;

    private final Path state;
    private final Optional<GuardLink> guard;
    private final Slowest pauses = new Slowest(System.nanoTime());

    /** @param state the folder in which questioning leaves what it found */
    public Clockwork(Path state, Optional<GuardLink> guard) {
        this.state = state;
        this.guard = guard;
    }

    /** Measures pauses from now on, on a thread that ends with the process: it wants to run often, and notes when it did not. */
    public Clockwork start() {
        Thread.ofPlatform().daemon().name("clockwork").start(() -> {
            try {
                while (true) {
                    long began = System.nanoTime();
                    Thread.sleep(TICK);
                    long now = System.nanoTime();
                    pauses.add(now, now - began - TICK.toNanos());
                }
            } catch (InterruptedException ending) {
                Thread.currentThread().interrupt();
            }
        });
        return this;
    }

    /** By the names of the attributes that tell it. */
    public SortedMap<String, String> values() {
        var values = new TreeMap<String, String>();
        watchdog().ifPresent(found -> values.put(NodeTimes.WATCHDOG, found.toString()));
        guard.flatMap(GuardLink::loopMillis).ifPresent(loop -> values.put(NodeTimes.LOOP, loop + "ms"));
        guard.flatMap(GuardLink::slowestReadMillis)
                .ifPresent(millis -> values.put(NodeTimes.DISK_LATENCY, stepped(millis)));
        values.put(NodeTimes.PAUSE, stepped(TimeUnit.NANOSECONDS.toMillis(pauses.nanos())));
        return values;
    }

    /** Rounded up. */
    static String stepped(long millis) {
        return (millis / STEP_MILLIS + 1) * STEP_MILLIS + "ms";
    }

    private Optional<WatchdogFact> watchdog() {
        try {
            return ProbeFile.read(state);
        } catch (IOException e) {
            LOG.log(System.Logger.Level.WARNING, "what is known of the watchdog cannot be read", e);
            return Optional.empty();
        }
    }
}
