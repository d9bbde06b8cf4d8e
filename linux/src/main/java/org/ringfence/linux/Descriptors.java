package org.ringfence.linux;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * Plain file descriptors, for what {@code java.nio} has no channel for: the ends of a child's pipes, events, pidfds. A
 * descriptor is an int that its maker closes, once. All are made close-on-exec.
 */
public final class Descriptors {
    private Descriptors() {}

    private static final int O_CLOEXEC = 0x80000;
    private static final int EFD_CLOEXEC_NONBLOCK = 0x80000 | 0x800;

    private static final LibcFunction PIPE2 = LibcFunction.returningInt("pipe2", ADDRESS, JAVA_INT);
    private static final LibcFunction EVENTFD = LibcFunction.returningInt("eventfd", JAVA_INT, JAVA_INT);
    private static final LibcFunction READ = LibcFunction.returningLong("read", JAVA_INT, ADDRESS, JAVA_LONG);
    private static final LibcFunction WRITE = LibcFunction.returningLong("write", JAVA_INT, ADDRESS, JAVA_LONG);
    private static final LibcFunction CLOSE = LibcFunction.returningInt("close", JAVA_INT);

    /** The two ends of a pipe. Linux gives it room for 64 KiB, unless an administrator chose otherwise. */
    public record Pipe(int readEnd, int writeEnd) {}

    public static Pipe pipe() throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment ends = arena.allocate(JAVA_INT, 2);
            PIPE2.call(ends, O_CLOEXEC);
            return new Pipe(ends.getAtIndex(JAVA_INT, 0), ends.getAtIndex(JAVA_INT, 1));
        }
    }

    /** A counter (eventfd) that is readable once {@link #raise} was called, until {@link #lower} is. Neither blocks. */
    public static int event() throws IOException {
        return (int) EVENTFD.call(0, EFD_CLOEXEC_NONBLOCK);
    }

    public static void raise(int event) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment one = arena.allocateFrom(JAVA_LONG, 1);
            write(event, one);
        } catch (ErrnoException e) {
            // A counter that is full has been raised.
            if (e.errno() != Errno.EAGAIN) {
                throw e;
            }
        }
    }

    public static void lower(int event) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            read(event, arena.allocate(JAVA_LONG));
        } catch (ErrnoException e) {
            if (e.errno() != Errno.EAGAIN) {
                throw e;
            }
        }
    }

    /**
     * Reads what is there, at most the buffer's size; blocks when nothing is.
     *
     * @return the count of bytes; -1 at the end
     */
    public static int read(int descriptor, MemorySegment buffer) throws IOException {
        int count = (int) READ.call(descriptor, buffer, buffer.byteSize());
        return count == 0 ? -1 : count;
    }

    /** Writes everything; blocks when a pipe is full. */
    public static void write(int descriptor, MemorySegment bytes) throws IOException {
        long done = 0;
        while (done < bytes.byteSize()) {
            done += WRITE.call(descriptor, bytes.asSlice(done), bytes.byteSize() - done);
        }
    }

    /** Closes; what the kernel answers is of no use to anyone who only read, or wrote to a pipe. */
    public static void close(int descriptor) {
        CLOSE.callPlain(descriptor);
    }
}
