package org.ringfence.linux;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A socket of netlink(7): requests to the kernel and its answers, or what it tells by itself. For one thread at a time. */
final class Netlink implements AutoCloseable {
    /** Protocols. */
    static final int ROUTE = 0;

    static final int GENERIC = 16;
    /** A request is to be acknowledged; all that there is, is to be listed. */
    static final short ACKNOWLEDGED = 4;

    static final short DUMP = 0x300;

    private static final short AF_NETLINK = 16;
    private static final int SOCK_RAW = 3;
    private static final int SOCK_CLOEXEC = 0x80000;
    /** sizeof(struct sockaddr_nl), and where its nl_groups is. */
    private static final int NAME_BYTES = 12;

    private static final int GROUPS = 8;

    private static final short REQUEST = 1;
    private static final short ERROR = 2;
    private static final short DONE = 3;
    /** sizeof(struct nlmsghdr), and where a message's type and sequence are in it. */
    private static final int HEADER_BYTES = 16;

    private static final int TYPE = 4;
    private static final int SEQUENCE = 8;
    private static final int BUFFER_BYTES = 64 << 10;

    private static final LibcFunction SOCKET = LibcFunction.returningInt("socket", JAVA_INT, JAVA_INT, JAVA_INT);
    private static final LibcFunction BIND = LibcFunction.returningInt("bind", JAVA_INT, ADDRESS, JAVA_INT);
    private static final LibcFunction SEND = LibcFunction.returningLong("send", JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT);
    private static final LibcFunction RECV = LibcFunction.returningLong("recv", JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT);

    private final Descriptor descriptor;
    private int sequence;

    private Netlink(Descriptor descriptor) {
        this.descriptor = descriptor;
    }

    /** For requests. */
    static Netlink open(int protocol) throws IOException {
        return new Netlink(new Descriptor((int) SOCKET.call((int) AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, protocol)));
    }

    /** @param groups of what the kernel tells by itself, a bit each */
    static Netlink listen(int protocol, int groups) throws IOException {
        Netlink netlink = open(protocol);
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment name = arena.allocate(NAME_BYTES, Integer.BYTES);
            name.set(JAVA_SHORT, 0, AF_NETLINK);
            name.set(JAVA_INT, GROUPS, groups);
            netlink.descriptor.use(number -> BIND.call(number, name, NAME_BYTES));
            return netlink;
        } catch (IOException | RuntimeException refused) {
            netlink.close();
            throw refused;
        }
    }

    /** Numbers in it are in the host's order, as netlink has them. */
    static ByteBuffer buffer(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.nativeOrder());
    }

    /**
     * Asks, and waits for the answer, which takes no longer than the kernel's own work.
     *
     * @param flags {@link #ACKNOWLEDGED} or {@link #DUMP}
     * @return the bodies of the answers that are more than an acknowledgement
     * @throws ErrnoException as the kernel answered
     */
    List<byte[]> exchange(short type, short flags, byte[] body) throws IOException {
        sequence++;
        int length = HEADER_BYTES + body.length;
        byte[] request = buffer(length)
                .putInt(length)
                .putShort(type)
                .putShort((short) (REQUEST | flags))
                .putInt(sequence)
                .putInt(0)
                .put(body)
                .array();
        List<byte[]> answers = new ArrayList<>();
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment sent = arena.allocateFrom(JAVA_BYTE, request);
            descriptor.use(number -> SEND.call(number, sent, (long) request.length, 0));
            MemorySegment buffer = arena.allocate(BUFFER_BYTES, Integer.BYTES);
            while (descriptor.use(number -> receive(number, buffer, answers))) {}
        }
        return answers;
    }

    /** @return whether more is to come */
    private boolean receive(int number, MemorySegment buffer, List<byte[]> answers) throws IOException {
        long end = RECV.call(number, buffer, buffer.byteSize(), 0);
        for (long at = 0; at + HEADER_BYTES <= end; at = next(buffer, at)) {
            if (buffer.get(JAVA_INT, at + SEQUENCE) != sequence) {
                continue;
            }
            switch (buffer.get(JAVA_SHORT, at + TYPE)) {
                case DONE -> {
                    return false;
                }
                case ERROR -> {
                    int errno = -buffer.get(JAVA_INT, at + HEADER_BYTES);
                    if (errno != 0) {
                        throw new ErrnoException("netlink", errno);
                    }
                    return false;
                }
                default -> answers.add(body(buffer, at));
            }
        }
        return true;
    }

    /**
     * The bodies of those messages of one type that the kernel tells next by itself; none when there is nothing within the time.
     *
     * @throws ErrnoException ENOBUFS when so much came since the last call that some was lost
     */
    List<byte[]> await(Duration within, short type) throws IOException {
        return descriptor.use(number -> {
            var poll = new PollSet();
            int position = poll.add(number);
            poll.await((int) within.toMillis());
            if (!poll.ready(position)) {
                return List.of();
            }
            try (Arena arena = Arena.ofConfined()) {
                MemorySegment buffer = arena.allocate(BUFFER_BYTES, Integer.BYTES);
                long end = RECV.call(number, buffer, buffer.byteSize(), 0);
                List<byte[]> bodies = new ArrayList<>();
                for (long at = 0; at + HEADER_BYTES <= end; at = next(buffer, at)) {
                    if (buffer.get(JAVA_SHORT, at + TYPE) == type) {
                        bodies.add(body(buffer, at));
                    }
                }
                return bodies;
            }
        });
    }

    private static byte[] body(MemorySegment buffer, long at) {
        return buffer.asSlice(at + HEADER_BYTES, (long) buffer.get(JAVA_INT, at) - HEADER_BYTES)
                .toArray(JAVA_BYTE);
    }

    private static long next(MemorySegment buffer, long at) {
        return (at + buffer.get(JAVA_INT, at) + 3) & ~3L;
    }

    @Override
    public void close() {
        descriptor.close();
    }
}
