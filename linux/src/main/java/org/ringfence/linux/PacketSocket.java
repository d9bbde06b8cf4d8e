package org.ringfence.linux;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.Optional;

/**
 * Sends whole link-layer frames, and receives those of one kind when it was made for it (packet(7)). Needs CAP_NET_RAW. For
 * one thread at a time.
 */
public final class PacketSocket implements AutoCloseable {
    private static final short AF_PACKET = 17;
    private static final int SOCK_RAW = 3;
    private static final int SOCK_CLOEXEC = 0x80000;
    private static final int SOL_SOCKET = 1;
    private static final int SO_ATTACH_FILTER = 26;
    /** With this protocol a packet socket is given nothing to receive. */
    private static final int NO_PROTOCOL = 0;
    /** sizeof(struct sockaddr_ll), and where its sll_ifindex is. */
    private static final int ADDRESS_BYTES = 20;

    private static final int PROTOCOL = 2;
    private static final int INTERFACE_INDEX = 4;
    private static final int FRAME_BYTES_MAX = 2048;
    /** sizeof(struct sock_filter); and of struct sock_fprog, and where its filter is. */
    private static final int INSTRUCTION_BYTES = 8;

    private static final int PROGRAM_BYTES = 16;
    private static final int PROGRAM_FILTER = 8;

    private static final LibcFunction SOCKET = LibcFunction.returningInt("socket", JAVA_INT, JAVA_INT, JAVA_INT);
    private static final LibcFunction SENDTO =
            LibcFunction.returningLong("sendto", JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT, ADDRESS, JAVA_INT);

    private static final LibcFunction BIND = LibcFunction.returningInt("bind", JAVA_INT, ADDRESS, JAVA_INT);
    private static final LibcFunction SETSOCKOPT =
            LibcFunction.returningInt("setsockopt", JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT);
    private static final LibcFunction RECV = LibcFunction.returningLong("recv", JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT);

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
     * One that receives what an interface is sent, from now on.
     *
     * @param interfaceIndex as for {@link #send}; 0 for every interface
     * @param etherType      of the frames that are wanted
     * @param filter         classic BPF over the whole frame, as {@code struct sock_filter} has each instruction (code in the upper 16
     *                  bits, then jt and jf with 8 each, then k with 32): what it gives 0 for is not received
     * @throws ErrnoException EPERM without CAP_NET_RAW
     */
    public static PacketSocket listen(int interfaceIndex, short etherType, long... filter) throws IOException {
        PacketSocket socket = open();
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment instructions = arena.allocate((long) INSTRUCTION_BYTES * filter.length, Integer.BYTES);
            for (int i = 0; i < filter.length; i++) {
                long at = (long) i * INSTRUCTION_BYTES;
                instructions.set(JAVA_SHORT, at, (short) (filter[i] >>> 48));
                instructions.set(JAVA_BYTE, at + 2, (byte) (filter[i] >>> 40));
                instructions.set(JAVA_BYTE, at + 3, (byte) (filter[i] >>> 32));
                instructions.set(JAVA_INT, at + 4, (int) filter[i]);
            }
            MemorySegment program = arena.allocate(PROGRAM_BYTES, Long.BYTES);
            program.set(JAVA_SHORT, 0, (short) filter.length);
            program.set(ADDRESS, PROGRAM_FILTER, instructions);
            MemorySegment address = arena.allocate(ADDRESS_BYTES, Integer.BYTES);
            address.set(JAVA_SHORT, 0, AF_PACKET);
            address.set(JAVA_SHORT, PROTOCOL, Short.reverseBytes(etherType));
            address.set(JAVA_INT, INTERFACE_INDEX, interfaceIndex);
            socket.descriptor.use(number -> {
                SETSOCKOPT.call(number, SOL_SOCKET, SO_ATTACH_FILTER, program, PROGRAM_BYTES);
                return BIND.call(number, address, ADDRESS_BYTES);
            });
            return socket;
        } catch (IOException | RuntimeException refused) {
            socket.close();
            throw refused;
        }
    }

    /** The next frame; empty when there is none within the time. */
    public Optional<byte[]> receive(Duration within) throws IOException {
        return descriptor.use(number -> {
            var poll = new PollSet();
            int position = poll.add(number);
            poll.await((int) Math.max(0, within.toMillis()));
            if (!poll.ready(position)) {
                return Optional.empty();
            }
            try (Arena arena = Arena.ofConfined()) {
                MemorySegment frame = arena.allocate(FRAME_BYTES_MAX);
                long count = RECV.call(number, frame, (long) FRAME_BYTES_MAX, 0);
                return Optional.of(frame.asSlice(0, count).toArray(JAVA_BYTE));
            }
        });
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
