package org.ringfence.demo.watchdog;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ringfence.demo.power.Plug;
import org.ringfence.guard.watchdog.Reset;
import org.ringfence.guard.watchdog.SimulatedWatchdog;

/**
 * One watchdog for each host, with its reset line. A host whose food stays away, or whose guard pulls the line, loses its power
 * at once, by nothing that runs on it; after a reset it boots again, as a real one does.
 */
public final class WatchdogBoxes implements AutoCloseable {
    private static final Duration LOOK = Duration.ofMillis(10);

    private final Map<Plug, SimulatedWatchdog.Box> boxes = new LinkedHashMap<>();
    private final List<Fired> fired = new ArrayList<>();
    private final Duration bootTime;
    private final Thread watcher;
    private volatile boolean closed;

    /**
     * A host was ended.
     *
     * @param starved whether its watchdog did it; otherwise its guard pulled the line
     * @param at      when the host was dead
     */
    public record Fired(String host, boolean starved, String kind, Instant at) {}

    /**
     * @param files    the watchdog of each host, by the file that its guard maps
     * @param bootTime how long a host lies dark after a reset
     */
    public WatchdogBoxes(Map<Plug, Path> files, Duration bootTime) throws IOException {
        this.bootTime = bootTime;
        for (Map.Entry<Plug, Path> file : files.entrySet()) {
            boxes.put(file.getKey(), SimulatedWatchdog.Box.open(file.getValue()));
        }
        this.watcher = Thread.ofPlatform().daemon().name("watchdogs").start(this::watch);
    }

    /** A host is about to be switched on: nothing is armed. */
    public void poweringOn(Plug host) {
        Optional.ofNullable(boxes.get(host)).ifPresent(SimulatedWatchdog.Box::powerOn);
    }

    /** Every host that was ended so far, in the order of their deaths. */
    public List<Fired> fired() {
        synchronized (fired) {
            return List.copyOf(fired);
        }
    }

    private void watch() {
        try {
            while (!closed) {
                boxes.forEach(this::look);
                Thread.sleep(LOOK);
            }
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
        }
    }

    private void look(Plug host, SimulatedWatchdog.Box box) {
        Optional<SimulatedWatchdog.Fired> due = box.fired(System.nanoTime());
        if (due.isEmpty()) {
            return;
        }
        box.powerOn();
        if (!host.isOn()) {
            return;
        }
        // One host that dies slowly must not keep another alive.
        Thread.ofVirtual().start(() -> {
            try {
                host.off();
                synchronized (fired) {
                    fired.add(new Fired(
                            host.host(), due.get().starved(), due.get().kind().word(), Instant.now()));
                }
                if (due.get().kind() != Reset.Kind.OFF) {
                    Thread.sleep(bootTime);
                    if (!closed) {
                        host.on();
                    }
                }
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            } catch (InterruptedException ending) {
                Thread.currentThread().interrupt();
            }
        });
    }

    @Override
    public void close() {
        closed = true;
        watcher.interrupt();
    }
}
