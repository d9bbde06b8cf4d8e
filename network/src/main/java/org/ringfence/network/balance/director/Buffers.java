package org.ringfence.network.balance.director;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/** Direct buffers of one thread, made as they are needed up to a number, and used again. */
final class Buffers {
    static final int BYTES = 64 << 10;

    private final ArrayDeque<ByteBuffer> free = new ArrayDeque<>();
    private final int most;
    private int made;

    Buffers(int most) {
        this.most = most;
    }

    /** An empty one; null when all are in use. */
    @Nullable
    ByteBuffer take() {
        ByteBuffer buffer = free.pollLast();
        if (buffer != null || made == most) {
            return buffer;
        }
        made++;
        return ByteBuffer.allocateDirect(BYTES);
    }

    /** Takes back one of its own; another's is left to its owner. */
    void give(ByteBuffer buffer) {
        if (buffer.capacity() == BYTES && buffer.isDirect()) {
            buffer.clear();
            free.addLast(buffer);
        }
    }
}
