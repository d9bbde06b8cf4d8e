package org.ringfence.simulator.world;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.ringfence.controller.Document;
import org.ringfence.controller.Event;
import org.ringfence.controller.configuration.StoredConfiguration;
import org.ringfence.controller.facts.Fact;

/**
 * A host's disk, with the steps of the store's write path: the document goes into an unfinished file, which is forced and
 * renamed over the former one, and the folder is forced. Only then is it saved. Writes are carried out one after the other.
 *
 * <p>A daemon that dies leaves what its steps have done. When the power goes, a rename whose folder was not forced may have
 * made it or not. A disk that lies may lose a configuration that it was asked to force. It never loses a counter: then a node
 * alone could use a view's number twice, and nothing that a node can do would prevent it.
 */
public final class Disk {
    private final Clock clock;
    private final Chance chance;
    private final Deque<Write> writes = new ArrayDeque<>();
    private Contents visible = new Contents(0, Optional.empty(), List.of());
    private Contents durable = visible;
    private long written;
    private Duration slowest = Duration.ofMillis(8);
    private boolean full;
    private boolean lies;
    private boolean damaged;

    private record Write(long number, Document document, Daemon writer) {}

    /** What can be read. */
    private record Contents(long promised, Optional<StoredConfiguration> configuration, List<Fact> facts) {
        Contents with(Document document) {
            return switch (document) {
                case Document.Promise promise -> new Contents(promise.counter(), configuration, facts);
                case Document.Configuration stored ->
                    new Contents(promised, Optional.of(stored.configuration()), facts);
                case Document.Facts changed -> new Contents(promised, configuration, changed.facts());
            };
        }
    }

    Disk(Clock clock, Chance chance) {
        this.clock = clock;
        this.chance = chance;
    }

    /** The highest counter that is on the disk. */
    public long promised() {
        return visible.promised();
    }

    public Optional<StoredConfiguration> configuration() {
        return visible.configuration();
    }

    /** The durable facts that are on the disk. */
    public List<Fact> facts() {
        return visible.facts();
    }

    /** From now on writes fail, or no longer do. */
    public void full(boolean now) {
        full = now;
    }

    /** From now on a write takes up to this long. */
    public void slowest(Duration longest) {
        slowest = longest;
    }

    /** From now on a configuration may be lost with the power, or no longer; what was written before is then safe too. */
    public void lies(boolean now) {
        lies = now;
        if (!now) {
            durable = visible;
        }
    }

    /** A block of the configuration is damaged; its reader notices by the digest and sets the file aside. */
    public void corrupt() {
        visible = new Contents(visible.promised(), Optional.empty(), visible.facts());
        durable = new Contents(durable.promised(), Optional.empty(), durable.facts());
        damaged = true;
    }

    /** Whether there was a configuration that cannot be read any more. */
    public boolean isDamaged() {
        return damaged;
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
        Duration renamed = Duration.ofNanos(takes.toNanos() / 100 * chance.between(50, 99));
        clock.after(renamed, () -> {
            if (isFirst(write) && !full) {
                visible = visible.with(write.document());
            }
        });
        clock.after(takes, () -> {
            if (isFirst(write)) {
                writes.removeFirst();
                end(write);
                if (!writes.isEmpty()) {
                    begin();
                }
            }
        });
    }

    private boolean isFirst(Write write) {
        return !writes.isEmpty() && writes.getFirst().number() == write.number();
    }

    /** A disk that fills up between rename and force still forces: what takes room is done by then. */
    private void end(Write write) {
        boolean there = visible.equals(visible.with(write.document()));
        if (!there) {
            write.writer().deliver(new Event.SaveFailed(write.document(), "no space left on device"));
            return;
        }
        damaged &= !(write.document() instanceof Document.Configuration);
        if (!lies || write.document() instanceof Document.Promise) {
            durable = durable.with(write.document());
        }
        write.writer().deliver(new Event.Saved(write.document()));
    }

    /** The writer is no more, its host goes on. */
    void interrupted() {
        writes.clear();
    }

    /** What was not made durable may be there or not, each document for itself. */
    void powerLost() {
        long promised = chance.happens(0.5) ? visible.promised() : durable.promised();
        Optional<StoredConfiguration> configuration =
                chance.happens(0.5) ? visible.configuration() : durable.configuration();
        visible = new Contents(promised, configuration, durable.facts());
        durable = visible;
    }
}
