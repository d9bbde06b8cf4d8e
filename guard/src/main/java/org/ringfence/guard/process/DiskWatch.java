package org.ringfence.guard.process;

import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.ringfence.controller.selffencing.GuardRule;
import org.ringfence.guard.board.Slowest;
import org.ringfence.guard.disk.DiskException;
import org.ringfence.guard.disk.SbdDisk;
import org.ringfence.model.sbd.SbdHeader;
import org.ringfence.model.sbd.SbdMessage;
import org.ringfence.model.sbd.SbdSector.Mail;

/**
 * Reads the node's slot on one disk, again and again, on a thread of its own: a disk that hangs holds up nothing but this. A disk
 * that fails is closed and opened anew, as a path that came back or a disk that was made anew needs it.
 */
final class DiskWatch implements Runnable {
    private static final long AGAIN_MILLIS = 1_000;

    private final String path;
    private final String node;
    private final boolean clean;
    private final BooleanSupplier bound;
    private final Consumer<Order> orders;
    private final Say say;

    private volatile long readBegan = GuardRule.NEVER;
    private volatile long reading = GuardRule.NEVER;
    private final Slowest slowest = new Slowest(System.nanoTime());
    private volatile @Nullable SbdHeader header;
    private volatile String trouble = "not opened yet";
    private volatile @Nullable Order refusal;
    private volatile String last = "";
    private boolean begun;
    private @Nullable Mail taken;

    /**
     * @param clean  whether a message that stops the node and is older than this guard is a reason not to start
     * @param bound  whether something runs on this host that a message could be meant for
     * @param orders is told of every message that ends something; returns at once
     */
    DiskWatch(String path, String node, boolean clean, BooleanSupplier bound, Consumer<Order> orders, Say say) {
        this.path = path;
        this.node = node;
        this.clean = clean;
        this.bound = bound;
        this.orders = orders;
        this.say = say;
    }

    String path() {
        return path;
    }

    /** When the last read that succeeded began, by {@link System#nanoTime}; allocates nothing. */
    long readBegan() {
        return readBegan;
    }

    /** That a read took lately, or that the one that is under way has taken until {@code now}; allocates nothing. */
    long slowestNanos(long now) {
        long began = reading;
        return began == GuardRule.NEVER ? slowest.nanos() : Math.max(now - began, slowest.nanos());
    }

    /** Empty until the disk was opened once. */
    Optional<SbdHeader> header() {
        return Optional.ofNullable(header);
    }

    /** Why it cannot be read now; empty when it can. */
    String trouble() {
        return trouble;
    }

    /** The message for which the node must not start; empty when there is none. */
    Optional<Order> refusal() {
        return Optional.ofNullable(refusal);
    }

    /** The last message that was found, and who wrote it; empty when there was none. */
    String last() {
        return last;
    }

    @Override
    public void run() {
        try {
            while (refusal == null) {
                try (SbdDisk disk = SbdDisk.open(path)) {
                    watch(disk);
                } catch (DiskException e) {
                    // It has failed, which is said; it is not slow.
                    reading = GuardRule.NEVER;
                    note(String.valueOf(e.getMessage()));
                }
                if (refusal == null) {
                    Thread.sleep(AGAIN_MILLIS);
                }
            }
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
        }
    }

    private void note(String why) {
        if (!why.equals(trouble)) {
            trouble = why;
            say.line(why.isEmpty() ? path + " is read" : "disk trouble: " + why);
        }
    }

    private void watch(SbdDisk disk) throws DiskException, InterruptedException {
        int slot = disk.allocate(node);
        header = disk.header();
        if (!begun && !begin(disk, slot)) {
            return;
        }
        while (true) {
            long began = System.nanoTime();
            reading = began;
            Mail mail = disk.inbox(slot, node);
            long now = System.nanoTime();
            slowest.add(now, now - began);
            reading = GuardRule.NEVER;
            // What a read has found that began then was written by then.
            readBegan = began;
            note("");
            take(disk, slot, mail);
            Thread.sleep(1_000L * disk.header().loop());
        }
    }

    /**
     * What lies there already was meant for the node's former life; unless something runs here already, because this guard follows
     * one that has died, or the disk could not be read before. Then it may be meant for this life, and is obeyed.
     */
    private boolean begin(SbdDisk disk, int slot) throws DiskException {
        if (bound.getAsBoolean()) {
            begun = true;
            return true;
        }
        Mail mail = disk.mail(slot);
        if (clean && mail.message().stops()) {
            refusal = new Order(mail.message(), mail.from(), path);
            return false;
        }
        if (mail.message() != SbdMessage.CLEAR) {
            say.line(path + ": cleared the message " + mail.message().word() + " of " + mail.from()
                    + ", which is older than this guard");
            disk.send(slot, new Mail(SbdMessage.CLEAR, node));
        }
        begun = true;
        return true;
    }

    private void take(SbdDisk disk, int slot, Mail mail) throws DiskException {
        if (mail.message() != SbdMessage.CLEAR && !mail.equals(taken)) {
            last = mail.message().word() + " from " + mail.from() + " on " + path;
            say.line("message " + last);
        }
        taken = mail;
        switch (mail.message()) {
            case CLEAR -> {}
            // In the name of who has sent it: where it has written over another message, that one's sender sees so.
            case TEST -> disk.send(slot, new Mail(SbdMessage.CLEAR, mail.from()));
            case EXIT -> {
                // Cleared first, so that the next guard does not end by it, too.
                disk.send(slot, new Mail(SbdMessage.CLEAR, node));
                orders.accept(new Order(mail.message(), mail.from(), path));
            }
            case RESET, OFF, CRASHDUMP -> orders.accept(new Order(mail.message(), mail.from(), path));
        }
    }
}
