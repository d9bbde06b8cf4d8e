package org.ringfence.linux;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;
import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * A generic netlink socket: commands to a family that the kernel knows by a name, and their answers. Calls wait for nothing but the kernel's own work. For
 * one thread at a time.
 */
public final class GenericNetlink implements AutoCloseable {
    private static final int AF_NETLINK = 16;
    private static final int SOCK_RAW = 3;
    private static final int SOCK_CLOEXEC = 0x80000;
    private static final int NETLINK_GENERIC = 16;

    private static final short NLMSG_ERROR = 2;
    private static final short NLMSG_DONE = 3;
    private static final short REQUEST = 1;
    private static final short ACKNOWLEDGED = 4;
    private static final short DUMP = 0x300;
    private static final int HEADER_BYTES = 16;
    private static final int GENERIC_BYTES = 4;
    private static final int BUFFER_BYTES = 64 << 10;

    private static final short CONTROL_FAMILY = 0x10;
    private static final byte CONTROL_GET_FAMILY = 3;
    private static final byte CONTROL_VERSION = 1;
    private static final short CONTROL_FAMILY_ID = 1;
    private static final short CONTROL_FAMILY_NAME = 2;

    private static final LibcFunction SOCKET = LibcFunction.returningInt("socket", JAVA_INT, JAVA_INT, JAVA_INT);
    private static final LibcFunction SEND = LibcFunction.returningLong("send", JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT);
    private static final LibcFunction RECV = LibcFunction.returningLong("recv", JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT);

    private final Descriptor descriptor;
    private final byte version;
    private short family;
    private int sequence;

    private GenericNetlink(Descriptor descriptor, byte version) {
        this.descriptor = descriptor;
        this.version = version;
    }

    /**
     * @param name    of the family
     * @param version of its commands
     * @throws ErrnoException ENOENT when the kernel does not have the family
     */
    public static GenericNetlink open(String name, int version) throws IOException {
        var socket = new GenericNetlink(
                new Descriptor((int) SOCKET.call(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_GENERIC)),
                (byte) version);
        try {
            socket.family = socket.find(name);
            return socket;
        } catch (IOException absent) {
            socket.close();
            throw absent;
        }
    }

    private short find(String name) throws IOException {
        byte[] text = name.getBytes(US_ASCII);
        int length = 4 + text.length + 1;
        byte[] attribute = buffer((length + 3) & ~3)
                .putShort((short) length)
                .putShort(CONTROL_FAMILY_NAME)
                .put(text)
                .array();
        List<byte[]> answers = exchange(CONTROL_FAMILY, CONTROL_GET_FAMILY, CONTROL_VERSION, ACKNOWLEDGED, attribute);
        for (byte[] answer : answers) {
            ByteBuffer attributes = ByteBuffer.wrap(answer).order(ByteOrder.nativeOrder());
            int at = 0;
            while (at + 6 <= answer.length) {
                if (attributes.getShort(at + 2) == CONTROL_FAMILY_ID) {
                    return attributes.getShort(at + 4);
                }
                at += Math.max(4, (Short.toUnsignedInt(attributes.getShort(at)) + 3) & ~3);
            }
        }
        throw ErrnoException.of("netlink family " + name, Errno.ENOENT);
    }

    /**
     * Has something done.
     *
     * @param attributes of the command
     * @return the attributes of each answer that is more than an acknowledgement
     * @throws ErrnoException as the kernel answered
     */
    public List<byte[]> command(int command, byte[] attributes) throws IOException {
        return exchange(family, (byte) command, version, ACKNOWLEDGED, attributes);
    }

    /** Lists everything; the same otherwise. */
    public List<byte[]> dump(int command, byte[] attributes) throws IOException {
        return exchange(family, (byte) command, version, DUMP, attributes);
    }

    private List<byte[]> exchange(short to, byte command, byte ofVersion, short flags, byte[] attributes)
            throws IOException {
        sequence++;
        int length = HEADER_BYTES + GENERIC_BYTES + attributes.length;
        byte[] request = buffer(length)
                .putInt(length)
                .putShort(to)
                .putShort((short) (REQUEST | flags))
                .putInt(sequence)
                .putInt(0)
                .put(command)
                .put(ofVersion)
                .putShort((short) 0)
                .put(attributes)
                .array();
        List<byte[]> answers = new ArrayList<>();
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment sent = arena.allocateFrom(JAVA_BYTE, request);
            descriptor.use(number -> SEND.call(number, sent, (long) request.length, 0));
            MemorySegment buffer = arena.allocate(BUFFER_BYTES, 4);
            while (descriptor.use(number -> receive(number, buffer, answers))) {}
        }
        return answers;
    }

    /** @return whether more is to come */
    private boolean receive(int number, MemorySegment buffer, List<byte[]> answers) throws IOException {
        long end = RECV.call(number, buffer, buffer.byteSize(), 0);
        for (long at = 0; at + HEADER_BYTES <= end; at += (buffer.get(JAVA_INT, at) + 3L) & ~3L) {
            if (buffer.get(JAVA_INT, at + 8) != sequence) {
                continue;
            }
            switch (buffer.get(JAVA_SHORT, at + 4)) {
                case NLMSG_DONE -> {
                    return false;
                }
                case NLMSG_ERROR -> {
                    int errno = -buffer.get(JAVA_INT, at + HEADER_BYTES);
                    if (errno != 0) {
                        throw new ErrnoException("generic netlink", errno);
                    }
                    return false;
                }
                default -> {
                    long begin = at + HEADER_BYTES + GENERIC_BYTES;
                    long length = (long) buffer.get(JAVA_INT, at) - HEADER_BYTES - GENERIC_BYTES;
                    answers.add(buffer.asSlice(begin, length).toArray(JAVA_BYTE));
                }
            }
        }
        return true;
    }

    /** Host order, as netlink has it. */
    private static ByteBuffer buffer(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.nativeOrder());
    }

    @Override
    public void close() {
        descriptor.close();
    }
}
