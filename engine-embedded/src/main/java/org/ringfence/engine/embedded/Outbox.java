package org.ringfence.engine.embedded;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The messages of one association that the peer has not confirmed yet, in order and numbered from 1. Bounded: at the first
 * message beyond its bounds it takes no more. When a connection breaks, what was not confirmed is written again to the
 * next one, so nothing is lost while the association lasts.
 *
 * <p>Safe for any thread; only {@link #take} waits.
 */
final class Outbox {
    /** Counted for each message beside its payload, so that many empty ones are bounded as well. */
    private static final int OVERHEAD = 64;

    private static final int LONG = 1 << 16;

    /** Who writes the messages: a connection. */
    interface Writer {}

    /** A numbered message. */
    static final class Frame {
        final long sequence;

        /** Null for the last word: the sender leaves. */
        final byte @Nullable [] payload;

        Frame(long sequence, byte @Nullable [] payload) {
            this.sequence = sequence;
            this.payload = payload;
        }

        long bytes() {
            return OVERHEAD + (payload == null ? 0L : payload.length);
        }
    }

    private final Limits limits;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Deque<Frame> waiting = new ArrayDeque<>();
    private final Deque<Frame> unconfirmed = new ArrayDeque<>();
    private @Nullable Writer writer;
    private long last;
    private long bytes;
    private boolean open;
    private boolean closed;

    Outbox(Limits limits) {
        this.limits = limits;
    }

    /** What became of a message. */
    enum Offer {
        TAKEN,
        /** Nothing is sent at this time. */
        DROPPED,
        /** It was one too many; from now on all are dropped. */
        OVERFLOWED
    }

    /** From now on messages are taken. */
    void open() {
        lock.lock();
        try {
            open = !closed;
        } finally {
            lock.unlock();
        }
    }

    /** Takes a message to be sent, or not; {@code payload} must not be changed afterwards. */
    Offer offer(byte[] payload) {
        lock.lock();
        try {
            if (!open) {
                return Offer.DROPPED;
            }
            if (waiting.size() + unconfirmed.size() >= limits.queuedMessages()
                    || bytes + OVERHEAD + payload.length > limits.queuedBytes()) {
                open = false;
                return Offer.OVERFLOWED;
            }
            add(payload);
            return Offer.TAKEN;
        } finally {
            lock.unlock();
        }
    }

    /** Sends the last word and takes nothing after it. */
    void leave() {
        lock.lock();
        try {
            if (!closed) {
                add(null);
                open = false;
            }
        } finally {
            lock.unlock();
        }
    }

    private void add(byte @Nullable [] payload) {
        Frame frame = new Frame(++last, payload);
        bytes += frame.bytes();
        waiting.addLast(frame);
        changed.signalAll();
    }

    /**
     * Hands over to another writer: it begins behind the {@code received}th message, which the peer has.
     *
     * @return false when the peer claims what was never sent
     */
    boolean handOver(Writer newWriter, long received) {
        lock.lock();
        try {
            if (received > last) {
                return false;
            }
            writer = newWriter;
            for (Iterator<Frame> written = unconfirmed.descendingIterator(); written.hasNext(); ) {
                waiting.addFirst(written.next());
            }
            unconfirmed.clear();
            confirmed(received);
            changed.signalAll();
            return true;
        } finally {
            lock.unlock();
        }
    }

    /**
     * The peer has taken all up to {@code received}.
     *
     * @return whether that is news
     */
    boolean confirm(long received) {
        lock.lock();
        try {
            int before = waiting.size() + unconfirmed.size();
            confirmed(received);
            return waiting.size() + unconfirmed.size() < before;
        } finally {
            lock.unlock();
        }
    }

    private void confirmed(long received) {
        drop(unconfirmed, received);
        drop(waiting, received);
    }

    private void drop(Deque<Frame> frames, long received) {
        for (Frame first = frames.peekFirst();
                first != null && first.sequence <= received;
                first = frames.peekFirst()) {
            bytes -= first.bytes();
            frames.removeFirst();
        }
    }

    /**
     * The next message to write; waits for one.
     *
     * @return null when {@code by} is not the writer any more
     */
    @Nullable
    Frame take(Writer by) throws InterruptedException {
        lock.lock();
        try {
            while (true) {
                if (closed || !by.equals(writer)) {
                    return null;
                }
                Frame frame = waiting.pollFirst();
                if (frame != null) {
                    unconfirmed.addLast(frame);
                    return frame;
                }
                changed.await();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Whether it holds so much that confirmations are eagerly awaited. */
    boolean isLong() {
        lock.lock();
        try {
            return bytes > LONG;
        } finally {
            lock.unlock();
        }
    }

    /** Whether the peer has taken everything. */
    boolean isEmpty() {
        lock.lock();
        try {
            return waiting.isEmpty() && unconfirmed.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    /** Drops everything, takes nothing more, and sends its writer away. */
    void close() {
        lock.lock();
        try {
            open = false;
            closed = true;
            bytes = 0;
            waiting.clear();
            unconfirmed.clear();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
