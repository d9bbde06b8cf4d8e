package org.ringfence.network.balance.director;

import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** One thread with its selector and all that is registered with it. */
final class Loop implements Runnable {
    private static final System.Logger LOG = System.getLogger(Loop.class.getName());
    private static final long TICK_MS = 1_000;
    private static final int ORDERS_MAX = 1_024;
    private static final long FULL_NANOS = 1_000_000;

    private final Selector selector;
    private final Limits limits;
    private final Buffers buffers;
    private final AtomicInteger connections;
    private final BlockingQueue<Runnable> orders = new ArrayBlockingQueue<>(ORDERS_MAX);
    private final Set<Ready> members = new LinkedHashSet<>();
    private final ArrayDeque<Relay> starved = new ArrayDeque<>();
    private final Thread thread;
    private volatile boolean ending;
    private long now = clock();
    private long nextTick = now + TICK_MS;

    /** @param connections of all loops together */
    Loop(int number, Limits limits, AtomicInteger connections) throws IOException {
        this.selector = Selector.open();
        this.limits = limits;
        this.buffers = new Buffers(limits.buffersMax());
        this.connections = connections;
        this.thread = Thread.ofPlatform().daemon().name("director-" + number).unstarted(this);
    }

    static long clock() {
        return System.nanoTime() / 1_000_000;
    }

    void start() {
        thread.start();
    }

    Selector selector() {
        return selector;
    }

    Limits limits() {
        return limits;
    }

    Buffers buffers() {
        return buffers;
    }

    /** Milliseconds, as of the last time that the selector returned. */
    long now() {
        return now;
    }

    /** Has it done on the loop's thread, soon. Waits while there is too much to do; from other threads only. */
    void order(Runnable order) {
        // Also for a caller that has been interrupted: an order that is lost would leave a socket unheard.
        while (!ending && !orders.offer(order)) {
            selector.wakeup();
            LockSupport.parkNanos(FULL_NANOS);
        }
        selector.wakeup();
    }

    /** Whether one more connection may begin; it counts until {@link #connectionEnded}. */
    boolean admit() {
        if (connections.incrementAndGet() > limits.connectionsMax()) {
            connections.decrementAndGet();
            return false;
        }
        return true;
    }

    void connectionEnded() {
        connections.decrementAndGet();
    }

    void add(Ready member) {
        members.add(member);
    }

    void remove(Ready member) {
        members.remove(member);
    }

    List<Ready> members() {
        return List.copyOf(members);
    }

    /** It goes on when a buffer comes back. */
    void starve(Relay relay) {
        starved.addLast(relay);
    }

    @Override
    public void run() {
        while (!ending) {
            try {
                selector.select(Loop::tell, TICK_MS);
            } catch (IOException broken) {
                throw new IllegalStateException("a selector that waits for nothing but sockets has failed", broken);
            }
            now = clock();
            obey();
            feed();
            if (now >= nextTick) {
                nextTick = now + TICK_MS;
                new ArrayList<>(members).forEach(member -> member.tick(now));
            }
        }
        new ArrayList<>(members).forEach(Ready::close);
        try {
            selector.close();
        } catch (IOException failed) {
            LOG.log(System.Logger.Level.DEBUG, "closing a selector: {0}", failed.getMessage());
        }
    }

    private static void tell(SelectionKey key) {
        if (key.isValid() && key.attachment() instanceof Ready ready) {
            ready.ready();
        }
    }

    private void obey() {
        List<Runnable> due = new ArrayList<>();
        orders.drainTo(due);
        due.forEach(Runnable::run);
    }

    /** Each of those that waited is tried once; one that still finds none waits again. */
    private void feed() {
        for (int count = starved.size(); count > 0; count--) {
            Relay relay = starved.pollFirst();
            if (relay != null) {
                relay.ready();
            }
        }
    }

    /** Ends it and everything in it; waits until that is done. */
    void close() {
        ending = true;
        selector.wakeup();
        try {
            thread.join();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
