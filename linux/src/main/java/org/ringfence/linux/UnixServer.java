package org.ringfence.linux;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;

/**
 * A listening Unix stream socket whose connections know who is at their other end, which the JDK's channels do not tell by
 * number. It makes the socket's file and leaves its mode, its owner and its removal to its user.
 */
public final class UnixServer implements AutoCloseable {
    /** {@code sun_path} of unix(7), its closing zero included. */
    public static final int PATH_BYTES_MAX = 108;

    private static final short AF_UNIX = 1;
    private static final int SOCK_STREAM = 1;
    private static final int SOCK_CLOEXEC = 0x80000;

    private static final LibcFunction SOCKET = LibcFunction.returningInt("socket", JAVA_INT, JAVA_INT, JAVA_INT);
    private static final LibcFunction BIND = LibcFunction.returningInt("bind", JAVA_INT, ADDRESS, JAVA_INT);
    private static final LibcFunction LISTEN = LibcFunction.returningInt("listen", JAVA_INT, JAVA_INT);
    private static final LibcFunction ACCEPT4 =
            LibcFunction.returningInt("accept4", JAVA_INT, ADDRESS, ADDRESS, JAVA_INT);

    private final Descriptor descriptor;

    private UnixServer(Descriptor descriptor) {
        this.descriptor = descriptor;
    }

    /**
     * Makes the file {@code path} and listens on it.
     *
     * @param waiting how many connections may wait to be accepted
     * @throws ErrnoException EADDRINUSE when something has that name already
     */
    public static UnixServer listen(Path path, int waiting) throws IOException {
        byte[] name = path.toString().getBytes(UTF_8);
        if (name.length >= PATH_BYTES_MAX) {
            throw new IOException("the path of a socket may have at most " + (PATH_BYTES_MAX - 1) + " bytes: " + path);
        }
        Descriptor descriptor = new Descriptor((int) SOCKET.call((int) AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment address = arena.allocate(Short.BYTES + PATH_BYTES_MAX, Short.BYTES);
            address.set(JAVA_SHORT, 0, AF_UNIX);
            MemorySegment.copy(name, 0, address, JAVA_BYTE, Short.BYTES, name.length);
            BIND.call(descriptor.number(), address, Short.BYTES + name.length + 1);
            LISTEN.call(descriptor.number(), waiting);
        } catch (ErrnoException e) {
            descriptor.close();
            throw e;
        }
        return new UnixServer(descriptor);
    }

    /**
     * Waits for a connection; for a platform thread.
     *
     * @throws java.nio.channels.ClosedChannelException when the server was closed, also while waiting
     */
    public UnixConnection accept() throws IOException {
        return descriptor.use(number -> UnixConnection.of(
                new Descriptor((int) ACCEPT4.call(number, MemorySegment.NULL, MemorySegment.NULL, SOCK_CLOEXEC))));
    }

    /** Stops listening; connections that were accepted live on. */
    @Override
    public void close() throws IOException {
        descriptor.close();
    }
}
