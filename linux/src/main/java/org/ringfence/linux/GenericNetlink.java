package org.ringfence.linux;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/**
 * A generic netlink socket: commands to a family that the kernel knows by a name, and their answers. Calls wait for nothing but the kernel's own work. For
 * one thread at a time.
 */
public final class GenericNetlink implements AutoCloseable {
    private static final int HEADER_BYTES = 4;
    private static final short CONTROL_FAMILY = 0x10;
    private static final byte CONTROL_GET_FAMILY = 3;
    private static final byte CONTROL_VERSION = 1;
    private static final short CONTROL_FAMILY_ID = 1;
    private static final short CONTROL_FAMILY_NAME = 2;

    private final Netlink netlink;
    private final byte version;
    private short family;

    private GenericNetlink(Netlink netlink, byte version) {
        this.netlink = netlink;
        this.version = version;
    }

    /**
     * @param name    of the family
     * @param version of its commands
     * @throws ErrnoException ENOENT when the kernel does not have the family
     */
    public static GenericNetlink open(String name, int version) throws IOException {
        var socket = new GenericNetlink(Netlink.open(Netlink.GENERIC), (byte) version);
        try {
            socket.family = socket.find(name);
            return socket;
        } catch (IOException absent) {
            socket.close();
            throw absent;
        }
    }

    private short find(String name) throws IOException {
        byte[] wanted = Attributes.none()
                .with(CONTROL_FAMILY_NAME, Arrays.copyOf(name.getBytes(US_ASCII), name.length() + 1))
                .bytes();
        for (byte[] answer :
                exchange(CONTROL_FAMILY, CONTROL_GET_FAMILY, CONTROL_VERSION, Netlink.ACKNOWLEDGED, wanted)) {
            Attributes attributes = Attributes.parse(answer);
            if (attributes.has(CONTROL_FAMILY_ID)) {
                return (short) attributes.number(CONTROL_FAMILY_ID);
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
        return exchange(family, (byte) command, version, Netlink.ACKNOWLEDGED, attributes);
    }

    /** Lists everything; the same otherwise. */
    public List<byte[]> dump(int command, byte[] attributes) throws IOException {
        return exchange(family, (byte) command, version, Netlink.DUMP, attributes);
    }

    private List<byte[]> exchange(short to, byte command, byte ofVersion, short flags, byte[] attributes)
            throws IOException {
        byte[] body = Netlink.buffer(HEADER_BYTES + attributes.length)
                .put(command)
                .put(ofVersion)
                .putShort((short) 0)
                .put(attributes)
                .array();
        return netlink.exchange(to, flags, body).stream()
                .map(answer -> Arrays.copyOfRange(answer, HEADER_BYTES, answer.length))
                .toList();
    }

    @Override
    public void close() {
        netlink.close();
    }
}
