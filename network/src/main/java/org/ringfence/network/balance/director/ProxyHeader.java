package org.ringfence.network.balance.director;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import org.ringfence.network.balance.service.Endpoint;
import org.ringfence.network.balance.service.Family;
import org.ringfence.network.balance.service.ProxyProtocol;

/** What a server is told of the client before the client's own bytes: PROXY protocol, sections 2.1 and 2.2, for TCP. */
final class ProxyHeader {
    private static final byte[] SIGNATURE = HexFormat.of().parseHex("0d0a0d0a000d0a515549540a");
    private static final byte VERSION_2_PROXY = 0x21;
    private static final byte TCP_OVER_IPV4 = 0x11;
    private static final byte TCP_OVER_IPV6 = 0x21;

    private ProxyHeader() {}

    /**
     * @param client where the client connected from
     * @param here   where it connected to; of the same family
     * @return ready to be written; empty for {@link ProxyProtocol#NONE}
     */
    static ByteBuffer of(ProxyProtocol protocol, InetSocketAddress client, InetSocketAddress here) {
        return switch (protocol) {
            case NONE -> ByteBuffer.allocate(0);
            case V1 -> ByteBuffer.wrap(text(client, here).getBytes(US_ASCII));
            case V2 -> binary(client, here);
        };
    }

    private static String text(InetSocketAddress client, InetSocketAddress here) {
        String family = Family.of(client.getAddress()) == Family.IPV4 ? "TCP4" : "TCP6";
        return "PROXY " + family + " " + Endpoint.text(client.getAddress()) + " " + Endpoint.text(here.getAddress())
                + " " + client.getPort() + " " + here.getPort() + "\r\n";
    }

    private static ByteBuffer binary(InetSocketAddress client, InetSocketAddress here) {
        byte[] source = client.getAddress().getAddress();
        byte[] destination = here.getAddress().getAddress();
        int length = source.length + destination.length + 2 * Short.BYTES;
        return ByteBuffer.allocate(SIGNATURE.length + 4 + length)
                .put(SIGNATURE)
                .put(VERSION_2_PROXY)
                .put(source.length == 4 ? TCP_OVER_IPV4 : TCP_OVER_IPV6)
                .putShort((short) length)
                .put(source)
                .put(destination)
                .putShort((short) client.getPort())
                .putShort((short) here.getPort())
                .flip();
    }
}
