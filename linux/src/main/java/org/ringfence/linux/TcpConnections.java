package org.ringfence.linux;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * The TCP connections of this host (of this network namespace), as the kernel knows them: sock_diag(7). Reading needs no
 * privilege, ending them CAP_NET_ADMIN. For one thread at a time; calls do not wait for anything but the kernel's own work.
 */
public final class TcpConnections implements AutoCloseable {
    private static final int AF_INET = 2;
    private static final int AF_INET6 = 10;
    private static final int AF_NETLINK = 16;
    private static final int SOCK_RAW = 3;
    private static final int SOCK_CLOEXEC = 0x80000;
    private static final int NETLINK_SOCK_DIAG = 4;
    private static final byte IPPROTO_TCP = 6;

    private static final short NLMSG_ERROR = 2;
    private static final short NLMSG_DONE = 3;
    /** The request that is older than its successor by family, and the only one that asks for both families at once. */
    private static final short TCPDIAG_GETSOCK = 18;

    private static final short SOCK_DIAG_BY_FAMILY = 20;
    private static final short SOCK_DESTROY = 21;
    private static final short REQUEST = 1;
    private static final short ACKNOWLEDGED = 4;
    private static final short DUMP = 0x300;
    private static final int HEADER_BYTES = 16;

    /** sizeof(struct inet_diag_req_v2) and of its predecessor, and of the struct inet_diag_sockid within both and each answer. */
    private static final int REQUEST_BYTES = 56;

    private static final int OLD_REQUEST_BYTES = 60;

    private static final int ID_BYTES = 48;
    /** Where an answer's inet_diag_sockid is, after the message's header; and what is where in that. */
    private static final int ID = 4;

    private static final int REMOTE_PORT = 2;
    private static final int REMOTE = 20;
    private static final int ADDRESS_BYTES_MAX = 16;

    private static final short ATTRIBUTE_BYTECODE = 1;
    private static final byte SOURCE_CONDITION = 7;
    private static final int CONDITION_BYTES = 12;

    private static final int ESTABLISHED = 1 << 1;
    /** With something left to send to the other end, or to hear from it: ESTABLISHED, FIN_WAIT1, FIN_WAIT2 and CLOSE_WAIT. */
    private static final int OPEN = (1 << 1) | (1 << 4) | (1 << 5) | (1 << 8);

    private static final int BUFFER_BYTES = 64 << 10;

    private static final LibcFunction SOCKET = LibcFunction.returningInt("socket", JAVA_INT, JAVA_INT, JAVA_INT);
    private static final LibcFunction SEND = LibcFunction.returningLong("send", JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT);
    private static final LibcFunction RECV = LibcFunction.returningLong("recv", JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT);

    private final Descriptor descriptor;

    private TcpConnections(Descriptor descriptor) {
        this.descriptor = descriptor;
    }

    public static TcpConnections open() throws IOException {
        return new TcpConnections(
                new Descriptor((int) SOCKET.call(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_SOCK_DIAG)));
    }

    /**
     * The established connections whose local address this is, sockets of IPv6 that talk IPv4 among them.
     *
     * @param most how many are given at most; which, when there are more, is not defined
     * @return for each the remote address (4 or 16 bytes), the remote port and the local port (2 bytes each), in network order
     */
    public List<byte[]> established(InetAddress local, int most) throws IOException {
        List<byte[]> found = new ArrayList<>();
        dump(local, ESTABLISHED, (family, id) -> {
            if (found.size() < most) {
                found.add(entry(family, id, local.getAddress().length));
            }
        });
        return found;
    }

    /**
     * Ends the connections whose local address this is, and tells their other ends so with a reset, which they hear while the
     * address is still here. One that has ended meanwhile needs nothing.
     *
     * @return how many were ended
     * @throws ErrnoException EPERM without CAP_NET_ADMIN, EOPNOTSUPP when the kernel was built without it
     */
    public int end(InetAddress local) throws IOException {
        List<byte[]> requests = new ArrayList<>();
        dump(
                local,
                OPEN,
                (family, id) -> requests.add(request(SOCK_DESTROY, ACKNOWLEDGED, family, OPEN, id, new byte[0])));
        int ended = 0;
        for (byte[] request : requests) {
            send(request);
            int errno = acknowledgement();
            if (errno == 0) {
                ended++;
            } else if (errno != Errno.ENOENT) {
                throw new ErrnoException("ending a connection", errno);
            }
        }
        return ended;
    }

    @Override
    public void close() {
        descriptor.close();
    }

    private interface Found {
        void socket(byte family, byte[] id);
    }

    private void dump(InetAddress local, int states, Found found) throws IOException {
        boolean ipv4 = local instanceof Inet4Address;
        byte[] condition = condition(ipv4, local.getAddress());
        send(ipv4 ? requestOfBoth(states, condition) : requestOfIpv6(states, condition));
        receive(found);
    }

    private static byte[] requestOfIpv6(int states, byte[] condition) {
        return request(SOCK_DIAG_BY_FAMILY, DUMP, (byte) AF_INET6, states, new byte[ID_BYTES], condition);
    }

    /** The kernel looks through its whole table for each request, so one is better than two. */
    private static byte[] requestOfBoth(int states, byte[] condition) {
        int length = HEADER_BYTES + OLD_REQUEST_BYTES + condition.length;
        return header(length, TCPDIAG_GETSOCK, DUMP)
                .putInt(0)
                .put(new byte[ID_BYTES])
                .putInt(states)
                .putInt(0)
                .put(condition)
                .array();
    }

    /** A program of one instruction for inet_diag: the local address, or out of the program by four bytes, which is "no". */
    private static byte[] condition(boolean ipv4, byte[] address) {
        int length = CONDITION_BYTES + address.length;
        return buffer(4 + length)
                .putShort((short) (4 + length))
                .putShort(ATTRIBUTE_BYTECODE)
                .put(SOURCE_CONDITION)
                .put((byte) length)
                .putShort((short) (length + 4))
                .put((byte) (ipv4 ? AF_INET : AF_INET6))
                .put((byte) (address.length * Byte.SIZE))
                .putShort((short) 0)
                .putInt(-1)
                .put(address)
                .array();
    }

    private static byte[] request(short type, short flags, byte family, int states, byte[] id, byte[] condition) {
        int length = HEADER_BYTES + REQUEST_BYTES + condition.length;
        return header(length, type, flags)
                .put(family)
                .put(IPPROTO_TCP)
                .putShort((short) 0)
                .putInt(states)
                .put(id)
                .put(condition)
                .array();
    }

    private static ByteBuffer header(int length, short type, short flags) {
        return buffer(length)
                .putInt(length)
                .putShort(type)
                .putShort((short) (REQUEST | flags))
                .putInt(0)
                .putInt(0);
    }

    /** Host order, as netlink has it. */
    private static ByteBuffer buffer(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.nativeOrder());
    }

    /** An IPv4 address is in the first four of its 16 bytes, or in the last four when the socket is one of IPv6. */
    private static byte[] entry(byte family, byte[] id, int addressBytes) {
        int remote = REMOTE + (family == AF_INET6 ? ADDRESS_BYTES_MAX - addressBytes : 0);
        byte[] entry = new byte[addressBytes + 4];
        System.arraycopy(id, remote, entry, 0, addressBytes);
        System.arraycopy(id, REMOTE_PORT, entry, addressBytes, 2);
        System.arraycopy(id, 0, entry, addressBytes + 2, 2);
        return entry;
    }

    private void send(byte[] request) throws IOException {
        descriptor.use(number -> {
            try (Arena arena = Arena.ofConfined()) {
                return SEND.call(number, arena.allocateFrom(JAVA_BYTE, request), (long) request.length, 0);
            }
        });
    }

    /** Every message up to the last of a dump. */
    private void receive(Found found) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment buffer = arena.allocate(BUFFER_BYTES, 4);
            while (descriptor.use(number -> receive(number, buffer, found))) {}
        }
    }

    /** @return whether more is to come */
    private static boolean receive(int number, MemorySegment buffer, Found found) throws IOException {
        long end = RECV.call(number, buffer, buffer.byteSize(), 0);
        for (long at = 0; at + HEADER_BYTES <= end; at += (buffer.get(JAVA_INT, at) + 3L) & ~3L) {
            switch (buffer.get(JAVA_SHORT, at + 4)) {
                case NLMSG_DONE -> {
                    return false;
                }
                case NLMSG_ERROR -> throw new ErrnoException("sock_diag", -buffer.get(JAVA_INT, at + HEADER_BYTES));
                default -> {
                    long message = at + HEADER_BYTES;
                    byte[] id = buffer.asSlice(message + ID, ID_BYTES).toArray(JAVA_BYTE);
                    found.socket(buffer.get(JAVA_BYTE, message), id);
                }
            }
        }
        return true;
    }

    /** @return the errno that a request was answered with, 0 when it was done */
    private int acknowledgement() throws IOException {
        return descriptor.use(number -> {
            try (Arena arena = Arena.ofConfined()) {
                MemorySegment buffer = arena.allocate(BUFFER_BYTES, 4);
                RECV.call(number, buffer, buffer.byteSize(), 0);
                return -buffer.get(JAVA_INT, HEADER_BYTES);
            }
        });
    }
}
