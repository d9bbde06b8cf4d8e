package org.ringfence.guard.process;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.ringfence.controller.selffencing.GuardRule;
import org.ringfence.controller.selffencing.GuardVerdict;
import org.ringfence.guard.board.Board;
import org.ringfence.guard.board.GuardState;
import org.ringfence.guard.watchdog.Watchdog;

/**
 * The loop that feeds, one turn at a time. A turn reads the board and what the disks' threads have noted, judges by
 * {@link GuardRule}, and feeds or does not; it waits for nothing and allocates nothing. Everything else, the note and the
 * reset among it, is for other threads, which see how it stands through the volatile fields.
 *
 * <p>A watchdog that was once given up for good is never fed again: {@link #condemn}.
 */
final class Feeding {
    /** How often a turn is due: a small part of any hold time. */
    static final long PERIOD_NANOS = 200_000_000;

    /** What every chain of times has to spare; held up for longer, a turn asks itself again. */
    static final long HELD_UP_NANOS = 500_000_000;

    private final Watchdog watchdog;
    private final Board board;
    private final GuardRule rule;
    private final DiskWatch[] disks;
    private final long loopMillis;

    private volatile GuardVerdict verdict = GuardVerdict.FEED;
    private volatile long lastFed;
    private volatile boolean condemned;
    private volatile boolean late;
    private volatile int refused;
    private @Nullable Thread watcher;

    Feeding(Watchdog watchdog, Board board, GuardRule rule, List<DiskWatch> disks, long now) {
        this.watchdog = watchdog;
        this.board = board;
        this.rule = rule;
        this.disks = disks.toArray(DiskWatch[]::new);
        this.loopMillis = disks.stream()
                .flatMap(disk -> disk.header().stream())
                .mapToLong(header -> TimeUnit.SECONDS.toMillis(header.loop()))
                .max()
                .orElse(0);
        this.lastFed = now;
    }

    /** Who is woken when the verdict changes. */
    void watchedBy(Thread thread) {
        this.watcher = thread;
    }

    /**
     * One turn.
     *
     * @param now of {@link System#nanoTime}, read for this turn
     */
    void turn(long now) {
        int fresh = fresh(now);
        GuardVerdict judged = judge(now, fresh);
        if (judged.feeds() && !condemned) {
            int errno = watchdog.feed();
            if (errno == 0) {
                lastFed = now;
            }
            refused = errno;
            // Held up between judging and feeding, by whatever: the food may have come when there was none to give.
            long after = System.nanoTime();
            if (after - now > HELD_UP_NANOS && !judge(after, fresh(after)).feeds()) {
                late = true;
            }
        }
        if (judged != verdict || late) {
            verdict = judged;
            LockSupport.unpark(watcher);
        }
        board.reads(loopMillis, slowestMillis(now));
        board.guard(now, state(judged), fresh);
    }

    private long slowestMillis(long now) {
        long slowest = 0;
        for (DiskWatch disk : disks) {
            slowest = Math.max(slowest, disk.slowestNanos(now));
        }
        return TimeUnit.NANOSECONDS.toMillis(slowest);
    }

    private GuardState state(GuardVerdict judged) {
        if (condemned) {
            return GuardState.ACTING;
        }
        return judged.feeds() ? GuardState.FEEDING : GuardState.STARVING;
    }

    /** A bit for each disk that was read lately. */
    private int fresh(long now) {
        int fresh = 0;
        for (int index = 0; index < disks.length; index++) {
            if (rule.isFresh(now, disks[index].readBegan())) {
                fresh |= 1 << index;
            }
        }
        return fresh;
    }

    private GuardVerdict judge(long now, int fresh) {
        // The beat first: what belongs to it was written before.
        long beat = board.beat();
        return rule.judge(now, Integer.bitCount(fresh), beat, board.lease(), board.flags());
    }

    /** From now on the watchdog starves, whatever comes. */
    void condemn() {
        condemned = true;
    }

    /** Of the last turn. */
    GuardVerdict verdict() {
        return verdict;
    }

    /** When the watchdog was fed last; it fires its timeout after that. */
    long lastFed() {
        return lastFed;
    }

    /** Whether it was once fed after it should have begun to starve. */
    boolean late() {
        return late;
    }

    /** The errno with which the watchdog refused the last food; 0 when it took it. */
    int refused() {
        return refused;
    }
}
