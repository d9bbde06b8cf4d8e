package org.ringfence.simulator.world;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.ringfence.controller.Document;
import org.ringfence.controller.Event;
import org.ringfence.controller.configuration.StoredConfiguration;

/**
 * A host's disk. Writes are carried out one after the other; each is whole or not there, as the store's write path promises
 * (temporary file, fsync, rename). When the power goes, the write under way may have made it or not; those behind it have not.
 */
public final class Disk {
    private final Clock clock;
    private final Chance chance;
    private final Deque<Write> writes = new ArrayDeque<>();
    private long promised;
    private long written;
    private Optional<StoredConfiguration> configuration = Optional.empty();
    private Duration slowest = Duration.ofMillis(8);
    private boolean full;

    private record Write(long number, Document document, Daemon writer) {}

    Disk(Clock clock, Chance chance) {
        this.clock = clock;
        this.chance = chance;
    }

    /** The highest counter that is on the disk. */
    public long promised() {
        return promised;
    }

    public Optional<StoredConfiguration> configuration() {
        return configuration;
    }

    /** From now on writes fail, or no longer do. */
    public void full(boolean now) {
        full = now;
    }

    /** From now on a write takes up to this long. */
    public void slowest(Duration longest) {
        slowest = longest;
    }

    void save(Document document, Daemon writer) {
        writes.add(new Write(++written, document, writer));
        if (writes.size() == 1) {
            begin();
        }
    }

    private void begin() {
        Write write = writes.getFirst();
        Duration takes = chance.millis(1, (int) Math.max(1, slowest.toMillis()));
        clock.after(takes, () -> {
            if (!writes.isEmpty() && writes.getFirst().number() == write.number()) {
                end(writes.removeFirst());
                if (!writes.isEmpty()) {
                    begin();
                }
            }
        });
    }

    private void end(Write write) {
        if (full) {
            write.writer().deliver(new Event.SaveFailed(write.document(), "no space left on device"));
        } else {
            keep(write.document());
            write.writer().deliver(new Event.Saved(write.document()));
        }
    }

    private void keep(Document document) {
        switch (document) {
            case Document.Promise promise -> promised = promise.counter();
            case Document.Configuration stored -> configuration = Optional.of(stored.configuration());
        }
    }

    /** The writer is no more. */
    void interrupted() {
        if (!writes.isEmpty() && !full && chance.happens(0.5)) {
            keep(writes.getFirst().document());
        }
        writes.clear();
    }
}
