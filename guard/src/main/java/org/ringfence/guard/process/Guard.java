package org.ringfence.guard.process;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.ringfence.controller.selffencing.GuardRule;
import org.ringfence.controller.selffencing.GuardVerdict;
import org.ringfence.guard.board.Board;
import org.ringfence.guard.board.Boot;
import org.ringfence.guard.board.GuardState;
import org.ringfence.guard.settings.GuardSettings;
import org.ringfence.guard.watchdog.Reset;
import org.ringfence.guard.watchdog.Watchdog;
import org.ringfence.linux.ErrnoException;
import org.ringfence.linux.MemoryLock;
import org.ringfence.linux.ThreadScheduling;
import org.ringfence.model.sbd.SbdHeader;
import org.ringfence.model.sbd.SbdMessage;

/**
 * One guard, from its start to its end: opens the disks, arms the watchdog, feeds. Threads: one feeds, in a real-time class where
 * that is allowed; one for each disk; one that ends the host; and the caller's, which waits.
 */
final class Guard {
    /** Above the daemon's heartbeats, below the kernel's own threads. */
    private static final int PRIORITY = 50;

    private static final Duration OPENING = Duration.ofSeconds(30);

    private final GuardSettings settings;
    private final Watchdogs watchdogs;
    private final Say say;
    private final Board board;
    private final String boot;
    private final BlockingQueue<Order> orders = new LinkedBlockingQueue<>(16);
    private final List<DiskWatch> disks = new ArrayList<>();
    private final CountDownLatch asked = new CountDownLatch(1);
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean feeds = true;

    /** Where the watchdog comes from, once its timeout is known, and what else can end the host. */
    interface Watchdogs {
        Watchdog arm(int seconds) throws IOException, RefusedException;

        Reset reset();
    }

    /** What must not be done: exit status 3. */
    static final class RefusedException extends Exception {
        private static final long serialVersionUID = 1;

        RefusedException(String message) {
            super(message);
        }
    }

    Guard(GuardSettings settings, Watchdogs watchdogs, Say say) throws IOException {
        this.settings = settings;
        this.watchdogs = watchdogs;
        this.say = say;
        this.board = Board.open(settings.runFolder());
        this.boot = Boot.identity();
    }

    /**
     * Guards until it is asked to end and may.
     *
     * @throws RefusedException when guarding would be no guarding; nothing was armed
     */
    void run() throws IOException, RefusedException, InterruptedException {
        try {
            guard();
        } finally {
            feeds = false;
            threads.forEach(Thread::interrupt);
        }
    }

    private void guard() throws IOException, RefusedException, InterruptedException {
        int flags = lockMemory();
        starting();
        openDisks();
        Chain chain = chain();
        delay(chain);
        chain = asPromised(chain);
        var rule = new GuardRule(disks.size(), chain.hold().toNanos());
        awaitSigns(rule);
        Watchdog watchdog = watchdogs.arm(chain.watchdogSeconds());
        var feeding = new Feeding(watchdog, board, rule, disks, System.nanoTime());
        var ending = new Ending(
                feeding,
                board,
                watchdogs.reset(),
                settings.action(),
                settings.flush(),
                Duration.ofSeconds(chain.watchdogSeconds()).toNanos() * 3 / 4,
                settings.note(),
                boot,
                disks,
                say);
        var begun = new CountDownLatch(1);
        var realTime = new boolean[1];
        Thread feeder = new Thread(
                () -> {
                    realTime[0] = raisePriority();
                    begun.countDown();
                    feed(feeding);
                },
                "feeding");
        feeder.setDaemon(true);
        feeder.start();
        begun.await();
        flags |= (realTime[0] ? Board.REAL_TIME : 0) | (watchdog.timeoutMillis() == 0 ? Board.WITHOUT_WATCHDOG : 0);
        board.armed(
                watchdog.identity(),
                watchdog.timeoutMillis(),
                chain.hold().toMillis(),
                disks.size(),
                chain.msgwait().toMillis(),
                flags,
                ProcessHandle.current().pid());
        threads.add(ending.start());
        say.line("armed: " + watchdog.identity() + "; " + chain.text() + "; "
                + (disks.isEmpty() ? "diskless: quorum and a healthy daemon feed it" : disks.size() + " disks"));
        awaitEnd(ending);
        feeds = false;
        feeder.join();
        say.line("ends; the watchdog is " + watchdog.disarm());
        board.guard(System.nanoTime(), GuardState.ENDED, 0);
    }

    /** Asks it to end. It does when nothing on this host needs guarding any more, and feeds on until then. */
    void end() {
        asked.countDown();
    }

    private int lockMemory() {
        try {
            MemoryLock.lock();
            return Board.LOCKED;
        } catch (ErrnoException refused) {
            say.line("its memory is not locked and may be paged out: " + refused.getMessage());
            return 0;
        }
    }

    private boolean raisePriority() {
        try {
            ThreadScheduling.realTime(PRIORITY);
            return true;
        } catch (ErrnoException refused) {
            say.line("it runs in the ordinary scheduling class, and a busy host may hold it up: "
                    + refused.getMessage());
            return false;
        }
    }

    private void feed(Feeding feeding) {
        while (feeds) {
            feeding.turn(System.nanoTime());
            LockSupport.parkNanos(Feeding.PERIOD_NANOS);
        }
    }

    private void openDisks() throws RefusedException, InterruptedException {
        for (String device : settings.devices()) {
            var disk = new DiskWatch(device, settings.node(), settings.clean(), this::isBound, this::ordered, say);
            disks.add(disk);
            Thread thread = new Thread(disk, "disk " + device);
            thread.setDaemon(true);
            thread.start();
            threads.add(thread);
        }
        long end = System.nanoTime() + OPENING.toNanos();
        int needed = new GuardRule(disks.size(), 1).disksNeeded();
        while (disks.stream()
                        .filter(disk -> disk.readBegan() != GuardRule.NEVER)
                        .count()
                < needed) {
            for (DiskWatch disk : disks) {
                if (disk.refusal().isPresent()) {
                    Order found = disk.refusal().get();
                    throw new RefusedException("the slot of " + settings.node() + " on " + found.disk() + " holds "
                            + found.message().word() + " from " + found.from() + ", which nobody has acknowledged, and"
                            + " guard-start is clean; when the reason is known: ringfence sbd -d " + found.disk()
                            + " message " + settings.node() + " clear");
                }
            }
            if (System.nanoTime() - end > 0) {
                throw new RefusedException("too few disks can be read after " + OPENING.toSeconds() + " s: "
                        + String.join(
                                "; ", disks.stream().map(DiskWatch::trouble).toList()));
            }
            starting();
            Thread.sleep(20);
        }
    }

    /** For the daemon, which waits for as long as the guard is at it. */
    private void starting() {
        board.guard(System.nanoTime(), GuardState.STARTING, 0);
    }

    private Chain chain() throws RefusedException {
        try {
            List<SbdHeader> headers =
                    disks.stream().flatMap(disk -> disk.header().stream()).toList();
            return Chain.of(settings, headers);
        } catch (Chain.ContradictionException e) {
            throw new RefusedException(String.valueOf(e.getMessage()));
        }
    }

    /** Whether a daemon has something here that could do harm. */
    private boolean isBound() {
        return board.beat() != GuardRule.NEVER && (board.flags() & GuardRule.CLEAN) == 0;
    }

    /**
     * To open a watchdog is to feed it. Where a guard before this one has left it armed and the node may not be fed, this one does not
     * open it either: the signs come back, or the watchdog ends the host when that was promised.
     */
    private void awaitSigns(GuardRule rule) throws InterruptedException {
        boolean said = false;
        while (true) {
            long now = System.nanoTime();
            int read = (int) disks.stream()
                    .filter(disk -> rule.isFresh(now, disk.readBegan()))
                    .count();
            GuardVerdict verdict = rule.judge(now, read, board.beat(), board.lease(), board.flags());
            if (verdict.feeds()) {
                return;
            }
            if (!said) {
                said = true;
                say.line("does not arm the watchdog, which a guard before it has left armed: " + verdict.text());
            }
            starting();
            Thread.sleep(50);
        }
    }

    /**
     * Where something runs on this host its peers wait for it as long as a guard of this boot has promised, until they know of
     * another promise: so it is dead by then, whatever is configured now.
     */
    private Chain asPromised(Chain chain) {
        if (!isBound() || board.watchdogMillis() == 0) {
            return chain;
        }
        Chain former = chain.notLongerThan(board.watchdogMillis(), board.holdMillis());
        if (!former.equals(chain)) {
            say.line("goes by the times that a guard before it has promised this node's peers, hold "
                    + former.hold().toMillis() + " ms and watchdog " + former.watchdogSeconds() + " s, not by "
                    + chain.text() + ": these count when the node was stopped and is started again");
        }
        return former;
    }

    private void delay(Chain chain) throws InterruptedException {
        Duration delay = settings.delay().equals(GuardSettings.AS_LONG_AS_MSGWAIT) ? chain.msgwait() : settings.delay();
        if (!delay.isZero()) {
            say.line("waits " + delay.toSeconds() + " s before it begins, as configured");
            for (long end = System.nanoTime() + delay.toNanos(); System.nanoTime() - end < 0; ) {
                starting();
                Thread.sleep(100);
            }
        }
    }

    private void ordered(Order order) {
        if (!orders.offer(order)) {
            say.line("more orders than can be kept: " + order);
        }
    }

    /** Returns when it may end. */
    private void awaitEnd(Ending ending) throws InterruptedException {
        boolean said = false;
        while (true) {
            Order order = orders.poll(50, TimeUnit.MILLISECONDS);
            if (order != null && order.message() == SbdMessage.EXIT) {
                say.line("told to end by " + order.from() + " on " + order.disk());
                asked.countDown();
            } else if (order != null) {
                ending.ordered(order);
            }
            if (asked.getCount() == 0) {
                if ((board.flags() & GuardRule.CLEAN) != 0) {
                    return;
                }
                if (!said) {
                    said = true;
                    say.line("asked to end, but this node's daemon has not left the cluster: it goes on until it has;"
                            + " end the daemon first: ringfence node stop");
                }
            }
        }
    }
}
