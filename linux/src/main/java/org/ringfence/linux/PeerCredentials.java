package org.ringfence.linux;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * Who is at the other end of a Unix socket, as the kernel noted it when the connection was made: SO_PEERCRED of unix(7).
 * The process may have ended since, and its number may have been given to another.
 */
public record PeerCredentials(int pid, int uid, int gid) {
    private static final int SOL_SOCKET = 1;
    private static final int SO_PEERCRED = 17;

    private static final LibcFunction GETSOCKOPT =
            LibcFunction.returningInt("getsockopt", JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS, ADDRESS);

    static PeerCredentials of(int descriptor) throws ErrnoException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment credentials = arena.allocate(JAVA_INT, 3);
            MemorySegment length = arena.allocateFrom(JAVA_INT, (int) credentials.byteSize());
            GETSOCKOPT.call(descriptor, SOL_SOCKET, SO_PEERCRED, credentials, length);
            return new PeerCredentials(
                    credentials.getAtIndex(JAVA_INT, 0),
                    credentials.getAtIndex(JAVA_INT, 1),
                    credentials.getAtIndex(JAVA_INT, 2));
        }
    }
}
