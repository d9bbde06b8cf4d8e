package org.ringfence.network.connections;

import java.nio.ByteBuffer;
import org.ringfence.network.address.Checksum;

/**
 * The packet that a client must answer: an acknowledgement with a sequence that its connection cannot have, which RFC 9293 (3.10.7.4)
 * has it answer with its own. Whoever sends that to a host that does not know the connection is sent a reset.
 */
final class Tickle {
    private static final int IPV4_BYTES = 20;
    private static final int IPV6_BYTES = 40;
    private static final int TCP_BYTES = 20;
    private static final byte PROTOCOL_TCP = 6;
    private static final byte HOPS = 64;
    private static final byte DATA_OFFSET = (TCP_BYTES / 4) << 4;
    private static final byte ACK = 0x10;
    /** Chosen as 0: a client is at that very place once in 4 billion bytes, and hears of it when it writes. */
    private static final int SEQUENCE = 0;
    /** Where the checksums are. */
    private static final int IPV4_CHECKSUM = 10;

    private static final int TCP_CHECKSUM = 16;

    private Tickle() {}

    /** @param local the address that has moved, and {@code remote} the client's; both of 4 or of 16 bytes */
    static byte[] packet(byte[] local, int localPort, byte[] remote, int remotePort) {
        byte[] tcp = new byte[TCP_BYTES];
        ByteBuffer.wrap(tcp)
                .putShort((short) localPort)
                .putShort((short) remotePort)
                .putInt(SEQUENCE)
                .putInt(0)
                .put(DATA_OFFSET)
                .put(ACK)
                .putShort((short) 0)
                .putShort((short) 0)
                .putShort((short) 0);
        ByteBuffer summed = ByteBuffer.allocate(2 * local.length + 2 * Integer.BYTES + TCP_BYTES)
                .put(local)
                .put(remote)
                .putInt(TCP_BYTES)
                .putInt(PROTOCOL_TCP)
                .put(tcp)
                .flip();
        ByteBuffer.wrap(tcp).putShort(TCP_CHECKSUM, Checksum.of(summed));
        byte[] header = local.length == 4 ? ipv4(local, remote) : ipv6(local, remote);
        return ByteBuffer.allocate(header.length + TCP_BYTES)
                .put(header)
                .put(tcp)
                .array();
    }

    private static byte[] ipv4(byte[] local, byte[] remote) {
        byte[] header = new byte[IPV4_BYTES];
        ByteBuffer.wrap(header)
                .put((byte) ((4 << 4) | (IPV4_BYTES / 4)))
                .put((byte) 0)
                .putShort((short) (IPV4_BYTES + TCP_BYTES))
                .putInt(0)
                .put(HOPS)
                .put(PROTOCOL_TCP)
                .putShort((short) 0)
                .put(local)
                .put(remote);
        ByteBuffer.wrap(header).putShort(IPV4_CHECKSUM, Checksum.of(ByteBuffer.wrap(header)));
        return header;
    }

    private static byte[] ipv6(byte[] local, byte[] remote) {
        byte[] header = new byte[IPV6_BYTES];
        ByteBuffer.wrap(header)
                .putInt(6 << 28)
                .putShort((short) TCP_BYTES)
                .put(PROTOCOL_TCP)
                .put(HOPS)
                .put(local)
                .put(remote);
        return header;
    }
}
