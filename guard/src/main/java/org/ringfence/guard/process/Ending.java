package org.ringfence.guard.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.ringfence.controller.selffencing.GuardRule;
import org.ringfence.controller.selffencing.GuardVerdict;
import org.ringfence.guard.board.Board;
import org.ringfence.guard.note.Note;
import org.ringfence.guard.watchdog.Reset;
import org.ringfence.linux.Reboot;
import org.ringfence.model.sbd.SbdMessage;

/**
 * Ends the host: by a message at once, and when the watchdog has starved for most of its timeout. Leaves the note first, for
 * which it waits only so long: a disk that hangs must not keep a host alive.
 *
 * <p>A starving that ends in time leaves no note. When the reset itself does not work, the watchdog does it.
 */
final class Ending implements Runnable {
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final long NOTE_MILLIS = 1_000;
    private static final long FLUSH_MILLIS = 1_000;

    private final Feeding feeding;
    private final Board board;
    private final Reset reset;
    private final Reset.Kind onTimeout;
    private final boolean flush;
    private final long actAfterNanos;
    private final Path note;
    private final String boot;
    private final List<DiskWatch> disks;
    private final Say say;
    private final AtomicReference<@Nullable Order> order = new AtomicReference<>();
    private final Thread thread = new Thread(this, "ending");

    /** @param actAfterNanos after the last food; less than the watchdog's timeout, so that the note says what was done */
    Ending(
            Feeding feeding,
            Board board,
            Reset reset,
            Reset.Kind onTimeout,
            boolean flush,
            long actAfterNanos,
            Path note,
            String boot,
            List<DiskWatch> disks,
            Say say) {
        this.feeding = feeding;
        this.board = board;
        this.reset = reset;
        this.onTimeout = onTimeout;
        this.flush = flush;
        this.actAfterNanos = actAfterNanos;
        this.note = note;
        this.boot = boot;
        this.disks = List.copyOf(disks);
        this.say = say;
    }

    /** @return what ends it when it is interrupted */
    Thread start() {
        feeding.watchedBy(thread);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    /** A message that ends the host. The first counts. */
    void ordered(Order message) {
        order.compareAndSet(null, message);
        LockSupport.unpark(thread);
    }

    @Override
    public void run() {
        boolean starving = false;
        int refused = 0;
        while (!Thread.currentThread().isInterrupted()) {
            LockSupport.parkNanos(this, LOOK_NANOS);
            Order told = order.get();
            GuardVerdict verdict = feeding.verdict();
            if (told != null) {
                end(
                        kind(told.message()),
                        told.message().word() + " was asked for by " + told.from() + " on " + told.disk());
                return;
            }
            if (board.stopped()) {
                end(Reset.Kind.RESET, "the daemon asked for it");
                return;
            }
            if (feeding.late()) {
                end(
                        onTimeout,
                        "the guard itself was held up, and fed the watchdog when it should not have: "
                                + verdict.text());
                return;
            }
            if (feeding.refused() != refused) {
                refused = feeding.refused();
                say.line(
                        refused == 0 ? "the watchdog takes food again" : "the watchdog refuses food: errno " + refused);
            }
            if (verdict.feeds() && starving) {
                starving = false;
                say.line("the watchdog is fed again");
                withdraw();
            } else if (!verdict.feeds() && !starving) {
                starving = true;
                say.line("the watchdog is not fed any more: " + verdict.text() + "; " + seen());
                leave(verdict.text(), "watchdog");
            }
            if (starving && System.nanoTime() - feeding.lastFed() > actAfterNanos) {
                end(onTimeout, verdict.text());
                return;
            }
        }
    }

    private static Reset.Kind kind(SbdMessage message) {
        return switch (message) {
            case OFF -> Reset.Kind.OFF;
            case CRASHDUMP -> Reset.Kind.CRASHDUMP;
            case RESET, CLEAR, TEST, EXIT -> Reset.Kind.RESET;
        };
    }

    private void end(Reset.Kind kind, String why) {
        feeding.condemn();
        say.line(kind.word() + " now: " + why);
        leave(why, kind.word());
        if (flush) {
            atMost(FLUSH_MILLIS, "writing back what is in memory", Ending::writeBack);
        }
        try {
            reset.now(kind);
        } catch (IOException e) {
            say.line(kind.word() + " failed, the watchdog has to do it: " + e.getMessage());
        }
    }

    private void leave(String why, String how) {
        var text = new Note(Instant.now(), boot, why, how, seen());
        atMost(NOTE_MILLIS, "writing the note", () -> text.write(note));
    }

    private void withdraw() {
        atMost(NOTE_MILLIS, "withdrawing the note", () -> Files.deleteIfExists(note));
    }

    /** What a thread of its own does, so that a disk that hangs holds up nothing else. */
    @FunctionalInterface
    private interface Deed {
        void done() throws IOException;
    }

    private void atMost(long millis, String what, Deed deed) {
        Thread doer = new Thread(
                () -> {
                    try {
                        deed.done();
                    } catch (IOException e) {
                        say.line(what + " failed: " + e.getMessage());
                    }
                },
                "note");
        doer.setDaemon(true);
        doer.start();
        try {
            if (!doer.join(Duration.ofMillis(millis))) {
                say.line(what + " takes longer than " + millis + " ms; not waited for");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void writeBack() throws IOException {
        Reboot.writeBack();
    }

    /** One sentence about what counts, as it is now. */
    private String seen() {
        long now = System.nanoTime();
        var text = new StringBuilder("the daemon's last beat " + age(now, board.beat()) + ", its lease "
                + age(now, board.lease()) + ", the last food " + age(now, feeding.lastFed()));
        if (!disks.isEmpty()) {
            text.append(", disks: ")
                    .append(disks.stream()
                            .map(disk -> disk.path() + " read " + age(now, disk.readBegan())
                                    + (disk.last().isEmpty() ? "" : " (last message: " + disk.last() + ")"))
                            .collect(Collectors.joining(", ")));
        }
        return text.toString();
    }

    private static String age(long now, long then) {
        return then == GuardRule.NEVER ? "never" : (now - then) / 1_000_000 + " ms ago";
    }
}
