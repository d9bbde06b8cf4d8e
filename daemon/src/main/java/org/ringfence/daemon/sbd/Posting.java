package org.ringfence.daemon.sbd;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.ringfence.guard.disk.DiskException;
import org.ringfence.guard.disk.SbdDisk;
import org.ringfence.model.sbd.SbdMessage;
import org.ringfence.model.sbd.SbdSector.Mail;

/**
 * Something done on every shared disk at the same time, each on a thread of its own, so that one that hangs holds up nothing. It
 * counts when it was done on more than half of them.
 */
final class Posting {
    private final List<String> paths;
    private final Deed deed;
    private final BlockingQueue<Done> done;

    /** What is done on one disk, open while it lasts. */
    @FunctionalInterface
    interface Deed {
        /** @return what the disk said, for who asked */
        List<String> on(SbdDisk disk) throws DiskException, InterruptedException;
    }

    /**
     * How it went on one disk.
     *
     * @param at      when it was done, by {@link System#nanoTime}
     * @param msgwait of the disk, in seconds
     * @param trouble why it was not done; null when it was
     */
    private record Done(
            long at,
            int msgwait,
            List<String> said,
            @Nullable String trouble) {}

    /**
     * How it went by majority.
     *
     * @param at      when it was done on the disk that made the majority, by {@link System#nanoTime}
     * @param disks   on how many it was done by then
     * @param msgwait the longest of theirs, in seconds
     */
    record Majority(long at, int disks, int msgwait, List<String> said) {}

    /** No majority; the message says what each disk said. */
    static final class NoMajorityException extends Exception {
        private static final long serialVersionUID = 1;

        NoMajorityException(String message) {
            super(message);
        }
    }

    Posting(List<String> paths, Deed deed) {
        this.paths = List.copyOf(paths);
        this.deed = deed;
        this.done = new LinkedBlockingQueue<>(paths.size());
    }

    /** A message for a node; it has been read back when it counts as done. */
    static Posting of(List<String> paths, String node, SbdMessage message, String from) {
        return new Posting(paths, disk -> {
            OptionalInt slot = disk.slotOf(node).map(OptionalInt::of).orElse(OptionalInt.empty());
            if (slot.isEmpty()) {
                throw new DiskException(
                        disk.path(), new IOException("node " + node + " has no slot: its guard has never run"));
            }
            disk.send(slot.getAsInt(), new Mail(message, from));
            return List.of();
        });
    }

    /**
     * Does it, and returns as soon as more than half of the disks have done it, or as that has become impossible.
     *
     * @param millis how long at most
     */
    Majority carryOut(long millis) throws NoMajorityException, InterruptedException {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        for (String path : paths) {
            Thread.ofPlatform().daemon().name("disk " + path).start(() -> done.add(one(path)));
        }
        int needed = paths.size() / 2 + 1;
        List<String> troubles = new ArrayList<>();
        List<Done> good = new ArrayList<>();
        while (good.size() < needed && paths.size() - troubles.size() >= needed) {
            Done next = done.poll(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS);
            if (next == null) {
                troubles.add("no answer from " + (paths.size() - good.size() - troubles.size()) + " disks within "
                        + millis + " ms");
                break;
            }
            if (next.trouble() == null) {
                good.add(next);
            } else {
                troubles.add(next.trouble());
            }
        }
        if (good.size() < needed) {
            throw new NoMajorityException("done on " + good.size() + " of " + paths.size() + " disks, " + needed
                    + " are needed: " + String.join("; ", troubles));
        }
        Done last = good.getLast();
        int msgwait = good.stream().mapToInt(Done::msgwait).max().orElseThrow();
        return new Majority(last.at(), good.size(), msgwait, last.said());
    }

    private Done one(String path) {
        try (SbdDisk disk = SbdDisk.open(path)) {
            List<String> said = deed.on(disk);
            return new Done(System.nanoTime(), disk.header().msgwait(), said, null);
        } catch (DiskException e) {
            return new Done(System.nanoTime(), 0, List.of(), e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Done(System.nanoTime(), 0, List.of(), path + ": interrupted");
        }
    }
}
