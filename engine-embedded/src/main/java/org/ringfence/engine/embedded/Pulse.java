package org.ringfence.engine.embedded;

import java.io.IOException;
import java.lang.Thread.UncaughtExceptionHandler;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The engine's heart: one platform thread that sends heartbeats, reads those of the peers, and decides all that concerns
 * them. It never waits for anything but time, and makes next to no garbage.
 *
 * <p>Its own pauses count too. When a round comes later than planned, for want of a processor, for a collection of
 * garbage or a SIGSTOP, the peers' silence in that time says nothing about them: it is taken off, after everything that
 * waits in the socket has been read.
 */
final class Pulse {
    /** Datagrams wait in the socket no longer than that; waking for each would cost more. */
    private static final long ROUND = TimeUnit.MILLISECONDS.toNanos(100);

    /** A round while something is in question. */
    private static final long QUICK_ROUND = TimeUnit.MILLISECONDS.toNanos(5);

    /** A round that comes later than that was kept from running. */
    private static final long LATE = TimeUnit.MILLISECONDS.toNanos(25);

    private static final long STRANGERS_EVERY = TimeUnit.SECONDS.toNanos(1);

    private final Journal journal;
    private final long interval;
    private final String name;
    private final Runnable onThread;
    private final UncaughtExceptionHandler broken;
    private final Map<Long, Peer> peers = new LinkedHashMap<>();

    /** Not bounded by itself, but each connection and each association brings no more than a few tasks in its life. */
    private final Queue<PulseTask> tasks = new ConcurrentLinkedQueue<>();

    /** One for all rounds: making another costs more than reading a heartbeat. */
    private final Consumer<Heartbeat> listener = this::heard;

    /** When the present round began; the pulse's thread's, like the following. */
    private long now;

    /** When the next round is to begin, the next heartbeats are due and strangers are looked at. */
    private long planned;

    private long nextBeat;
    private long nextStrangers;

    private volatile @Nullable Thread thread;
    private volatile boolean stopped;

    /**
     * @param interval nanoseconds between heartbeats
     * @param onThread runs on the pulse's thread before its first round: the place to raise its scheduling class
     * @param broken   is told, on the pulse's thread, of what has ended it
     */
    Pulse(String name, Journal journal, long interval, Runnable onThread, UncaughtExceptionHandler broken) {
        this.name = name;
        this.journal = journal;
        this.interval = interval;
        this.onThread = onThread;
        this.broken = broken;
    }

    /** Begins; {@code all} and {@code heartbeats} belong to its thread from now on. */
    void start(Collection<Peer> all, HeartbeatSocket heartbeats, ClusterServer server) {
        all.forEach(peer -> peers.put(peer.key, peer));
        thread = Thread.ofPlatform()
                .daemon()
                .name("pulse " + name)
                .uncaughtExceptionHandler(broken)
                .start(() -> {
                    onThread.run();
                    run(heartbeats, server);
                });
    }

    /** Carries {@code task} out soon, on the pulse's thread. For any thread. */
    void execute(PulseTask task) {
        tasks.add(task);
        LockSupport.unpark(thread);
    }

    /** Ends it; waits for a round that is under way. */
    void stop(long millis) throws InterruptedException {
        stopped = true;
        Thread running = thread;
        LockSupport.unpark(running);
        if (running != null && Thread.currentThread() != running) {
            running.join(millis);
        }
    }

    private void run(HeartbeatSocket heartbeats, ClusterServer server) {
        planned = System.nanoTime();
        nextBeat = planned;
        nextStrangers = planned;
        while (!stopped) {
            round(heartbeats, server);
            LockSupport.parkNanos(planned - System.nanoTime());
        }
        peers.values().forEach(Peer::close);
    }

    /** A method of its own so that it is compiled: what is done ten times a second and never returns would be interpreted. */
    private void round(HeartbeatSocket heartbeats, ClusterServer server) {
        now = System.nanoTime();
        long late = now - planned;
        if (late > LATE) {
            peers.values().forEach(peer -> peer.slept(late, now));
        }
        readHeartbeats(heartbeats);
        for (PulseTask task = tasks.poll(); task != null; task = tasks.poll()) {
            task.run(now);
        }
        boolean everyone = now - nextBeat >= 0;
        if (everyone) {
            nextBeat = Math.max(nextBeat + interval, now);
        }
        boolean quick = false;
        long latest = now + ROUND;
        for (Peer peer : peers.values()) {
            peer.look(now);
            if (everyone || peer.wantsBeat()) {
                peer.beat();
            }
            quick |= peer.isInQuestion(now);
            latest = peer.nextLook(now, latest);
        }
        if (now - nextStrangers >= 0) {
            nextStrangers = now + STRANGERS_EVERY;
            server.closeSilentStrangers(now);
        }
        planned = earlier(nextBeat, quick ? now + QUICK_ROUND : latest);
    }

    private void heard(Heartbeat heartbeat) {
        Peer peer = peers.get(heartbeat.sender());
        if (peer != null) {
            peer.heartbeat(heartbeat, now);
        }
    }

    private void readHeartbeats(HeartbeatSocket heartbeats) {
        try {
            heartbeats.drain(listener);
        } catch (IOException e) {
            journal.warn("cannot read heartbeats: " + e.getMessage());
        }
    }

    private static long earlier(long one, long other) {
        return one - other <= 0 ? one : other;
    }
}
