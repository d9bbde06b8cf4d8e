package org.ringfence.network.balance.director;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.ringfence.network.balance.service.ProxyProtocol;

/** The expected bytes were put together by hand, after the protocol's text. */
class ProxyHeaderTest {
    private static final InetSocketAddress CLIENT = at("192.0.2.1", 40_000);
    private static final InetSocketAddress HERE = at("192.0.2.9", 80);

    @Test
    void versionOneIsALine() {
        assertThat(new String(bytes(ProxyHeader.of(ProxyProtocol.V1, CLIENT, HERE)), US_ASCII))
                .isEqualTo("PROXY TCP4 192.0.2.1 192.0.2.9 40000 80\r\n");
        assertThat(new String(bytes(ProxyHeader.of(ProxyProtocol.V1, at("fd00::1", 1), at("fd00::2", 2))), US_ASCII))
                .isEqualTo("PROXY TCP6 fd00::1 fd00::2 1 2\r\n");
    }

    @Test
    void versionTwoIsBytes() {
        assertThat(HexFormat.of().formatHex(bytes(ProxyHeader.of(ProxyProtocol.V2, CLIENT, HERE))))
                .isEqualTo("0d0a0d0a000d0a515549540a" + "2111000c" + "c0000201c0000209" + "9c400050");
        assertThat(bytes(ProxyHeader.of(ProxyProtocol.V2, at("fd00::1", 1), at("fd00::2", 2))))
                .hasSize(16 + 36);
    }

    @Test
    void whoIsNotAskedSaysNothing() {
        assertThat(ProxyHeader.of(ProxyProtocol.NONE, CLIENT, HERE).hasRemaining())
                .isFalse();
    }

    private static InetSocketAddress at(String address, int port) {
        return new InetSocketAddress(InetAddress.ofLiteral(address), port);
    }

    private static byte[] bytes(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        return bytes;
    }
}
