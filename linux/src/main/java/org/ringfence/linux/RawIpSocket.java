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
    /** sizeof(struct sockaddr_in) and sockaddr_in6, and where their addresses are; ports stay 0. */
    private static final int IPV4_BYTES = 16;

    private static final int IPV4_ADDRESS = 4;
    private static final int IPV6_BYTES = 28;
    private static final int IPV6_ADDRESS = 8;

    private static final LibcFunction SOCKET = LibcFunction.returningInt("socket", JAVA_INT, JAVA_INT, JAVA_INT);
    private static final LibcFunction SENDTO =
            LibcFunction.returningLong("sendto", JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT, ADDRESS, JAVA_INT);

    private final Descriptor descriptor;
    private final boolean ipv4;

    private RawIpSocket(Descriptor descriptor, boolean ipv4) {
        this.descriptor = descriptor;
        this.ipv4 = ipv4;
    }

    /**
     * @param like an address of the family that packets will be of
     * @throws ErrnoException EPERM without CAP_NET_RAW
     */
    public static RawIpSocket open(InetAddress like) throws IOException {
        boolean ipv4 = like.getAddress().length == 4;
        int family = ipv4 ? AF_INET : AF_INET6;
        return new RawIpSocket(new Descriptor((int) SOCKET.call(family, SOCK_RAW | SOCK_CLOEXEC, IPPROTO_RAW)), ipv4);
    }

    /**
     * Hands a packet to the kernel, without waiting for room.
     *
     * @param destination 4 or 16 bytes, as the packet has it
     * @throws ErrnoException EAGAIN when there is no room now, ENETUNREACH and others when there is no way
     */
    public void send(byte[] destination, byte[] packet) throws IOException {
        descriptor.use(number -> {
            try (Arena arena = Arena.ofConfined()) {
                int length = ipv4 ? IPV4_BYTES : IPV6_BYTES;
                MemorySegment to = arena.allocate(length, Integer.BYTES);
                to.set(JAVA_SHORT, 0, ipv4 ? AF_INET : AF_INET6);
                MemorySegment.copy(
                        destination, 0, to, JAVA_BYTE, ipv4 ? IPV4_ADDRESS : IPV6_ADDRESS, destination.length);
                MemorySegment bytes = arena.allocateFrom(JAVA_BYTE, packet);
                return SENDTO.call(number, bytes, (long) packet.length, MSG_DONTWAIT, to, length);
            }
        });
    }

    @Override
    public void close() {
        descriptor.close();
    }
}
