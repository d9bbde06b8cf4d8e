package org.ringfence.linux;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * Waits until one of several descriptors has something to read or has ended: {@code poll(2)}. Filled anew for every wait.
 * For the one thread that made it.
 */
public final class PollSet {
    private static final long ENTRY_BYTES = 8;
    private static final long EVENTS = 4;
    private static final long RETURNED = 6;
    private static final short POLLIN = 1;

    private static final LibcFunction POLL = LibcFunction.returningInt("poll", ADDRESS, JAVA_LONG, JAVA_INT);

    private MemorySegment entries = Arena.ofAuto().allocate(64 * ENTRY_BYTES, 8);
    private int size;

    public void clear() {
        size = 0;
    }

    /** @return the position to ask {@link #ready} for */
    public int add(int descriptor) {
        if ((size + 1) * ENTRY_BYTES > entries.byteSize()) {
            MemorySegment larger = Arena.ofAuto().allocate(entries.byteSize() * 2, 8);
            MemorySegment.copy(entries, 0, larger, 0, entries.byteSize());
            entries = larger;
        }
        fill(entries, size * ENTRY_BYTES, descriptor);
        return size++;
    }

    private static void fill(MemorySegment entries, long at, int descriptor) {
        entries.set(JAVA_INT, at, descriptor);
        entries.set(JAVA_SHORT, at + EVENTS, POLLIN);
        entries.set(JAVA_SHORT, at + RETURNED, (short) 0);
    }

    /** @param timeoutMillis -1 waits for as long as it takes. A signal begins the wait anew. */
    public void await(int timeoutMillis) throws IOException {
        POLL.call(entries, (long) size, timeoutMillis);
    }

    /** Whether a read would not block: there is something, or the end was reached. */
    public boolean ready(int position) {
        return entries.get(JAVA_SHORT, position * ENTRY_BYTES + RETURNED) != 0;
    }

    /** Whether a read of this one descriptor would not block. */
    public static boolean isReady(int descriptor) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment entry = arena.allocate(ENTRY_BYTES, 8);
            fill(entry, 0, descriptor);
            return POLL.call(entry, 1L, 0) > 0;
        }
    }
}
