package org.ringfence.network.connections;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.ringfence.linux.Errno;
import org.ringfence.linux.ErrnoException;
import org.ringfence.linux.RawIpSocket;
import org.ringfence.network.address.Checksum;

/** With datagrams, since a socket receives those as they come. */
class RawIpSocketTest {
    private static final byte PROTOCOL_UDP = 17;
    private static final int UDP_BYTES = 8;
    private static final int PAYLOAD_BYTES = 4;

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "::1"})
    void manyPacketsAreSentInFewCallsAndInTheirOrder(String literal) throws IOException {
        InetAddress address = InetAddress.ofLiteral(literal);
        try (DatagramSocket receiver = new DatagramSocket(0, address);
                RawIpSocket socket = open(address)) {
            receiver.setSoTimeout(5_000);
            int calls = 0;
            int received = 0;
            List<byte[]> packets = packets(address, receiver.getLocalPort(), 1_000);
            for (int sent = 0; sent < packets.size(); calls++) {
                sent += socket.send(packets.subList(sent, packets.size()));
                while (received < sent) {
                    assertThat(next(receiver)).isEqualTo(received++);
                }
            }
            assertThat(calls).isBetween(2, 50);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "::1"})
    void theFirstThatCannotBeSentIsAnError(String literal) throws IOException {
        InetAddress address = InetAddress.ofLiteral(literal);
        try (RawIpSocket socket = open(address)) {
            byte[] longerThanAnyPacket = new byte[100_000];
            assertThatExceptionOfType(ErrnoException.class).isThrownBy(() -> socket.send(List.of(longerThanAnyPacket)));
        }
    }

    private static RawIpSocket open(InetAddress like) throws IOException {
        try {
            return RawIpSocket.open(like);
        } catch (ErrnoException refused) {
            assertThat(refused.errno()).isEqualTo(Errno.EPERM);
            abort("raw sockets need CAP_NET_RAW");
            throw refused;
        }
    }

    private static int next(DatagramSocket receiver) throws IOException {
        var packet = new DatagramPacket(new byte[PAYLOAD_BYTES], PAYLOAD_BYTES);
        receiver.receive(packet);
        return ByteBuffer.wrap(packet.getData()).getInt();
    }

    /** Each tells its position. */
    private static List<byte[]> packets(InetAddress address, int port, int count) {
        List<byte[]> packets = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            byte[] udp = ByteBuffer.allocate(UDP_BYTES + PAYLOAD_BYTES)
                    .putShort((short) 9)
                    .putShort((short) port)
                    .putShort((short) (UDP_BYTES + PAYLOAD_BYTES))
                    .putShort((short) 0)
                    .putInt(i)
                    .array();
            packets.add(packet(address.getAddress(), udp));
        }
        return packets;
    }

    /** The kernel fills in the checksum of IPv4's header; that of UDP may be 0 there, and has to be right with IPv6. */
    private static byte[] packet(byte[] address, byte[] udp) {
        if (address.length == 4) {
            return ByteBuffer.allocate(20 + udp.length)
                    .putShort((short) 0x4500)
                    .putShort((short) (20 + udp.length))
                    .putInt(0)
                    .put((byte) 64)
                    .put(PROTOCOL_UDP)
                    .putShort((short) 0)
                    .put(address)
                    .put(address)
                    .put(udp)
                    .array();
        }
        ByteBuffer pseudoHeader = ByteBuffer.allocate(2 * address.length + 2 * Integer.BYTES + udp.length)
                .put(address)
                .put(address)
                .putInt(udp.length)
                .putInt(PROTOCOL_UDP)
                .put(udp);
        ByteBuffer.wrap(udp).putShort(6, Checksum.of(pseudoHeader.flip()));
        return ByteBuffer.allocate(40 + udp.length)
                .putInt(6 << 28)
                .putShort((short) udp.length)
                .put(PROTOCOL_UDP)
                .put((byte) 64)
                .put(address)
                .put(address)
                .put(udp)
                .array();
    }
}
