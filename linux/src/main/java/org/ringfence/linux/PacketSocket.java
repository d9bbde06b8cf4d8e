package org.ringfence.linux;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** Sends whole link-layer frames (packet(7)); receives none. Needs CAP_NET_RAW. For one thread at a time. */
public final class PacketSocket implements AutoCloseable {
    private static final short AF_PACKET = 17;
    private static final int SOCK_RAW = 3;
    private static final int SOCK_CLOEXEC = 0x80000;
    /** With this protocol a packet socket is given nothing to receive. */
    private static final int NO_PROTOCOL = 0;
    /** sizeof(struct sockaddr_ll), and where its sll_ifindex is. */
    private static final int ADDRESS_BYTES = 20;

    private static final int INTERFACE_INDEX = 4;

    private static final LibcFunction SOCKET = LibcFunction.returningInt("socket", JAVA_INT, JAVA_INT, JAVA_INT);
    private static final LibcFunction SENDTO =
            LibcFunction.returningLong("sendto", JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT, ADDRESS, JAVA_INT);

    private final Descriptor descriptor;

    private PacketSocket(Descriptor descriptor) {
        this.descriptor = descriptor;
    }

    /** @throws ErrnoException EPERM without CAP_NET_RAW */
    public static PacketSocket open() throws IOException {
        return new PacketSocket(
                new Descriptor((int) SOCKET.call((int) AF_PACKET, SOCK_RAW | SOCK_CLOEXEC, NO_PROTOCOL)));
    }

    /**
     * Hands one frame to an interface.
     *
     * @param interfaceIndex as {@link java.net.NetworkInterface#getIndex} has it
     * @param frame          its link-layer header included
     * @throws ErrnoException ENETDOWN when the interface is down, ENXIO when it is gone
     */
    public void send(int interfaceIndex, byte[] frame) throws IOException {
        descriptor.use(number -> {
            try (Arena arena = Arena.ofConfined()) {
                MemorySegment address = arena.allocate(ADDRESS_BYTES, Integer.BYTES);
                address.set(JAVA_SHORT, 0, AF_PACKET);
                address.set(JAVA_INT, INTERFACE_INDEX, interfaceIndex);
                MemorySegment bytes = arena.allocateFrom(JAVA_BYTE, frame);
                return SENDTO.call(number, bytes, (long) frame.length, 0, address, ADDRESS_BYTES);
            }
        });
    }

    @Override
    public void close() {
        descriptor.close();
    }
}
