package org.ringfence.engine.embedded;

import java.lang.Thread.UncaughtExceptionHandler;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.ringfence.controller.port.Engine.Listener;
import org.ringfence.controller.port.Engine.Silence;

/**
 * What the listener is still to be told, in order, and the one thread that tells it. Messages are bounded: who brings one
 * too many waits, and so, in the end, does the peer that sent it. Reports about peers are never waited for and bounded
 * by themselves: a peer is not announced again before the listener knows that it was unreachable.
 *
 * <p>This is the one place that decides whether a message may be delivered: its association was announced and has not
 * ended, it came over the association's present connection, and it is the next in number.
 */
final class Inbox {
    private static final int MESSAGES = 1_024;

    private sealed interface Item {
        Association association();
    }

    private record Reachable(Association association) implements Item {}

    private record Unreachable(Association association, Silence why) implements Item {}

    private record Slow(Association association, boolean slow) implements Item {}

    private static final class Message implements Item {
        private final Association association;
        private final byte[] payload;

        Message(Association association, byte[] payload) {
            this.association = association;
            this.payload = payload;
        }

        @Override
        public Association association() {
            return association;
        }
    }

    private final Listener listener;
    private final long bytesMax;
    private final UncaughtExceptionHandler broken;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Deque<Item> items = new ArrayDeque<>();
    private final Thread thread;
    private int messages;
    private long bytes;
    private boolean closed;

    /** @param broken is told of what the listener has thrown */
    Inbox(String name, Listener listener, long bytesMax, UncaughtExceptionHandler broken) {
        this.listener = listener;
        this.bytesMax = bytesMax;
        this.broken = broken;
        this.thread = Thread.ofPlatform().daemon().name("deliver " + name).unstarted(this::deliver);
    }

    void start() {
        thread.start();
    }

    /** Takes messages from {@code source} from now on, and from no connection before it. */
    long attach(Association association, PeerConnection source) {
        lock.lock();
        try {
            association.source = source;
            changed.signalAll();
            return association.received;
        } finally {
            lock.unlock();
        }
    }

    /** Takes no messages until the next {@link #attach}; returns the last that was taken. */
    long detach(Association association) {
        lock.lock();
        try {
            association.source = null;
            changed.signalAll();
            return association.received;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Takes one message; waits while there is no room, or while the association is not announced yet.
     *
     * @param payload null when it is the peer's last word, which the listener is not told here
     * @return whether it was the next message; false too when it was one that had been taken already, or not from the
     *         association's connection any more
     */
    boolean take(Association association, PeerConnection source, long sequence, byte @Nullable [] payload)
            throws InterruptedException {
        lock.lock();
        try {
            while (true) {
                if (closed || association.ended || association.source != source) {
                    return false;
                }
                if (sequence != association.received + 1) {
                    return false;
                }
                if (association.announced && (payload == null || hasRoom(payload.length))) {
                    break;
                }
                changed.await();
            }
            association.received = sequence;
            if (payload != null) {
                messages++;
                bytes += payload.length;
                add(new Message(association, payload));
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    private boolean hasRoom(int length) {
        return messages == 0 || (messages < MESSAGES && bytes + length <= bytesMax);
    }

    /**
     * Reports the peer as reachable and lets its messages in.
     *
     * @return false when it has to wait, since the listener has not been told yet that it was unreachable
     */
    boolean announce(Association association) {
        lock.lock();
        try {
            for (Item item : items) {
                if (item instanceof Unreachable && item.association().peer.equals(association.peer)) {
                    return false;
                }
            }
            association.announced = true;
            add(new Reachable(association));
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Reports an announced peer as slow or not; two reports that nobody heard yet cancel out. */
    void slow(Association association, boolean slow) {
        lock.lock();
        try {
            if (!items.remove(new Slow(association, !slow))) {
                add(new Slow(association, slow));
            }
        } finally {
            lock.unlock();
        }
    }

    /** Lets no more messages in; reports the peer as unreachable if it had been announced. */
    void end(Association association, Silence why) {
        lock.lock();
        try {
            association.ended = true;
            if (association.announced) {
                add(new Unreachable(association, why));
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void add(Item item) {
        items.addLast(item);
        changed.signalAll();
    }

    /** Tells the listener nothing more; waits for a call that is under way, unless it is the caller. */
    void close(long millis) throws InterruptedException {
        lock.lock();
        try {
            closed = true;
            items.clear();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        if (Thread.currentThread() != thread && thread.isAlive()) {
            thread.join(millis);
        }
    }

    private void deliver() {
        try {
            for (Item item = next(); item != null; item = next()) {
                try {
                    tell(item);
                } catch (RuntimeException | Error e) {
                    // The listener's own mistake: the handler decides; where it does not, the next item is told all the
                    // same.
                    broken.uncaughtException(thread, e);
                }
            }
        } catch (InterruptedException e) {
            thread.interrupt();
        }
    }

    private void tell(Item item) {
        Association association = item.association();
        switch (item) {
            case Reachable reachable -> {
                // Not before: what is sent until here was meant for the process that was there earlier.
                association.outbox.open();
                listener.reachable(association.peer);
            }
            case Unreachable unreachable -> listener.unreachable(association.peer, unreachable.why());
            case Slow slow -> listener.slow(association.peer, slow.slow());
            case Message message -> listener.message(association.peer, message.payload);
        }
    }

    private @Nullable Item next() throws InterruptedException {
        lock.lock();
        try {
            while (items.isEmpty() && !closed) {
                changed.await();
            }
            Item item = items.pollFirst();
            if (item instanceof Message message) {
                messages--;
                bytes -= message.payload.length;
                changed.signalAll();
            }
            return item;
        } finally {
            lock.unlock();
        }
    }
}
