package org.ringfence.network.balance.director;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** One direction of a connection. For the thread of its loop. */
final class Flow {
    /** So often may one connection fill a buffer before others have their turn. */
    private static final int ROUNDS = 4;

    private final SocketChannel from;
    private final SocketChannel to;
    private final Buffers buffers;
    private final LongAdder bytes;
    private @Nullable ByteBuffer pending;
    private boolean over;
    private boolean starved;

    /** @param first what the taker is to get before anything else; may be empty */
    Flow(SocketChannel from, SocketChannel to, Buffers buffers, LongAdder bytes, ByteBuffer first) {
        this.from = from;
        this.to = to;
        this.buffers = buffers;
        this.bytes = bytes;
        this.pending = first.hasRemaining() ? first : null;
    }

    /** Moves what can be moved now; the end of the giver is told to the taker, as everything before it has gone out. */
    void move() throws IOException {
        starved = false;
        for (int round = 0; round < ROUNDS && !over; round++) {
            if (pending != null && !written(pending)) {
                return;
            }
            ByteBuffer buffer = buffers.take();
            if (buffer == null) {
                starved = true;
                return;
            }
            int count = read(buffer);
            if (count <= 0) {
                buffers.give(buffer);
                if (count < 0) {
                    over = true;
                    to.shutdownOutput();
                }
                return;
            }
            buffer.flip();
            pending = buffer;
            if (count < Buffers.BYTES) {
                // There was no more to read; asking again would only be told so.
                written(buffer);
                return;
            }
        }
    }

    private int read(ByteBuffer buffer) throws IOException {
        try {
            return from.read(buffer);
        } catch (IOException broken) {
            buffers.give(buffer);
            throw broken;
        }
    }

    /** @return whether all of it has gone out */
    private boolean written(ByteBuffer buffer) throws IOException {
        bytes.add(to.write(buffer));
        if (buffer.hasRemaining()) {
            return false;
        }
        release();
        return true;
    }

    void release() {
        if (pending != null) {
            buffers.give(pending);
            pending = null;
        }
    }

    boolean wantsToRead() {
        return pending == null && !over && !starved;
    }

    boolean wantsToWrite() {
        return pending != null;
    }

    /** Whether it waits for a buffer. */
    boolean isStarved() {
        return starved;
    }

    /** Whether the giver has ended and the taker was told. */
    boolean isOver() {
        return over;
    }
}
