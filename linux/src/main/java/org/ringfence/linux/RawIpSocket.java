package org.ringfence.linux;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.InetAddress;
import java.util.List;

/**
 * Sends whole IP packets, their IP header included, whatever source address that names (raw(7), IPPROTO_RAW); the kernel finds
 * the way to the destination. Needs CAP_NET_RAW. For one thread at a time.
 */
public final class RawIpSocket implements AutoCloseable {
    private static final short AF_INET = 2;
    private static final short AF_INET6 = 10;
    private static final int SOCK_RAW = 3;
    private static final int SOCK_CLOEXEC = 0x80000;
    private static final int IPPROTO_RAW = 255;
    private static final int MSG_DONTWAIT = 0x40;
    /** In one call: a thousand would be allowed, and would keep the kernel busy for some milliseconds. */
    private static final int BATCH_MAX = 128;
    /** sizeof(struct mmsghdr) and of struct iovec, where there is a pointer of 8 bytes; and what is where in the former. */
    private static final int MESSAGE_BYTES = 64;

    private static final int PART_BYTES = 16;
    private static final int NAME_LENGTH = 8;
    private static final int PARTS = 16;
    private static final int PART_COUNT = 24;
    private static final int PART_LENGTH = 8;

    private static final LibcFunction SOCKET = LibcFunction.returningInt("socket", JAVA_INT, JAVA_INT, JAVA_INT);
    private static final LibcFunction SENDMMSG =
            LibcFunction.returningInt("sendmmsg", JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT);

    private final Descriptor descriptor;
    private final Family family;

    /**
     * @param nameBytes   sizeof(struct sockaddr_in) or sockaddr_in6, whose port stays 0
     * @param nameAddress where the address is in that
     * @param destination where it is in a packet's header
     */
    private record Family(short number, int nameBytes, int nameAddress, int destination, int addressBytes) {
        static final Family IPV4 = new Family(AF_INET, 16, 4, 16, 4);
        static final Family IPV6 = new Family(AF_INET6, 28, 8, 24, 16);
    }

    private RawIpSocket(Descriptor descriptor, Family family) {
        this.descriptor = descriptor;
        this.family = family;
    }

    /**
     * @param like an address of the family that packets will be of
     * @throws ErrnoException EPERM without CAP_NET_RAW
     */
    public static RawIpSocket open(InetAddress like) throws IOException {
        Family family = like.getAddress().length == Family.IPV4.addressBytes() ? Family.IPV4 : Family.IPV6;
        return new RawIpSocket(
                new Descriptor((int) SOCKET.call((int) family.number(), SOCK_RAW | SOCK_CLOEXEC, IPPROTO_RAW)), family);
    }

    /**
     * Hands packets to the kernel in one call, from the first on, without waiting for room.
     *
     * @param packets one at least, each to the destination that its header names
     * @return how many it took; one at least, and not always all
     * @throws ErrnoException for the first of them: EAGAIN or ENOBUFS when there is no room now, ENETUNREACH and others when
     *                        there is no way
     */
    public int send(List<byte[]> packets) throws IOException {
        int count = Math.min(packets.size(), BATCH_MAX);
        return descriptor.use(number -> {
            try (Arena arena = Arena.ofConfined()) {
                MemorySegment messages = arena.allocate((long) MESSAGE_BYTES * count, Long.BYTES);
                for (int i = 0; i < count; i++) {
                    fill(messages.asSlice((long) MESSAGE_BYTES * i, MESSAGE_BYTES), packets.get(i), arena);
                }
                return (int) SENDMMSG.call(number, messages, count, MSG_DONTWAIT);
            }
        });
    }

    private void fill(MemorySegment message, byte[] packet, Arena arena) {
        MemorySegment name = arena.allocate(family.nameBytes(), Integer.BYTES);
        name.set(JAVA_SHORT, 0, family.number());
        MemorySegment.copy(packet, family.destination(), name, JAVA_BYTE, family.nameAddress(), family.addressBytes());
        MemorySegment part = arena.allocate(PART_BYTES, Long.BYTES);
        part.set(ADDRESS, 0, arena.allocateFrom(JAVA_BYTE, packet));
        part.set(JAVA_LONG, PART_LENGTH, packet.length);
        message.set(ADDRESS, 0, name);
        message.set(JAVA_INT, NAME_LENGTH, family.nameBytes());
        message.set(ADDRESS, PARTS, part);
        message.set(JAVA_LONG, PART_COUNT, 1);
    }

    @Override
    public void close() {
        descriptor.close();
    }
}
