package org.ringfence.linux;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.SocketTimeoutException;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;

/**
 * A connection over a Unix socket. One thread may read while another writes; both are for platform threads, as they wait in
 * the kernel. Closing wakes both.
 */
public final class UnixConnection implements AutoCloseable {
    private static final int SOL_SOCKET = 1;
    private static final int SO_RCVTIMEO = 20;
    private static final int SO_SNDTIMEO = 21;
    private static final int MSG_NOSIGNAL = 0x4000;
    private static final int BUFFER_BYTES = 64 << 10;

    private static final LibcFunction RECV = LibcFunction.returningLong("recv", JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT);
    private static final LibcFunction SEND = LibcFunction.returningLong("send", JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT);
    private static final LibcFunction SETSOCKOPT =
            LibcFunction.returningInt("setsockopt", JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT);

    private final Descriptor descriptor;
    private final PeerCredentials peer;
    private final MemorySegment received = Arena.ofAuto().allocate(BUFFER_BYTES);
    private final MemorySegment sent = Arena.ofAuto().allocate(BUFFER_BYTES);

    private UnixConnection(Descriptor descriptor, PeerCredentials peer) {
        this.descriptor = descriptor;
        this.peer = peer;
    }

    static UnixConnection of(Descriptor descriptor) throws IOException {
        try {
            return new UnixConnection(descriptor, PeerCredentials.of(descriptor.number()));
        } catch (ErrnoException e) {
            descriptor.close();
            throw e;
        }
    }

    public PeerCredentials peer() {
        return peer;
    }

    /** How long a read may wait for the first byte from now on; zero for ever. */
    public void readTimeout(Duration timeout) throws IOException {
        timeout(SO_RCVTIMEO, timeout);
    }

    /** How long a write may wait for room from now on; zero for ever. */
    public void writeTimeout(Duration timeout) throws IOException {
        timeout(SO_SNDTIMEO, timeout);
    }

    private void timeout(int option, Duration timeout) throws IOException {
        descriptor.use(number -> {
            try (Arena arena = Arena.ofConfined()) {
                MemorySegment timeval =
                        arena.allocateFrom(JAVA_LONG, timeout.toSeconds(), timeout.toNanosPart() / 1000);
                return SETSOCKOPT.call(number, SOL_SOCKET, option, timeval, (int) timeval.byteSize());
            }
        });
    }

    /**
     * Reads what there is, at least one byte.
     *
     * @return how many bytes; -1 when the other side will send no more
     * @throws SocketTimeoutException when none came in time
     */
    public int read(byte[] into) throws IOException {
        long most = Math.min(into.length, BUFFER_BYTES);
        long count = inTime(number -> RECV.call(number, received, most, 0));
        MemorySegment.copy(received, JAVA_BYTE, 0, into, 0, (int) count);
        if (count > 0 || most == 0) {
            return (int) count;
        }
        if (descriptor.isClosed()) {
            throw new ClosedChannelException();
        }
        return -1;
    }

    /**
     * Writes all of it.
     *
     * @throws SocketTimeoutException when the other side did not take it in time; part of it may be written
     */
    public void write(byte[] bytes) throws IOException {
        int done = 0;
        while (done < bytes.length) {
            long count = Math.min(bytes.length - done, BUFFER_BYTES);
            MemorySegment.copy(bytes, done, sent, JAVA_BYTE, 0, (int) count);
            done += (int) inTime(number -> SEND.call(number, sent, count, MSG_NOSIGNAL));
        }
    }

    /** Lets the other side send no more: a reader comes to the end. What is written still goes out. */
    public void endInput() {
        descriptor.endInput();
    }

    /** Lets the other side come to the end of what was written; it may go on to send. */
    public void endOutput() {
        descriptor.endOutput();
    }

    private long inTime(Descriptor.Use<Long> what) throws IOException {
        try {
            return descriptor.use(what);
        } catch (ErrnoException e) {
            if (e.errno() == Errno.EAGAIN) {
                SocketTimeoutException late = new SocketTimeoutException("the other side was silent for too long");
                late.initCause(e);
                throw late;
            }
            throw e;
        }
    }

    @Override
    public void close() throws IOException {
        descriptor.close();
    }
}
