package org.ringfence.network.connections;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** The checksums were reckoned by hand, after RFC 1071. */
class TickleTest {

    @Test
    void overIpv4ItIsAnAcknowledgementOfNothing() {
        assertThat(packet("10.0.0.9", "10.0.0.1"))
                .isEqualTo("4500002800000000400666c70a0000090a000001" + "00509c40000000000000000050100000ff3a0000");
    }

    @Test
    void overIpv6Too() {
        assertThat(packet("fd00::9", "fd00::1"))
                .isEqualTo("6000000000140640" + "fd000000000000000000000000000009fd000000000000000000000000000001"
                        + "00509c4000000000000000005010000019390000");
    }

    private static String packet(String local, String remote) {
        return HexFormat.of()
                .formatHex(Tickle.packet(
                        InetAddress.ofLiteral(local).getAddress(),
                        80,
                        InetAddress.ofLiteral(remote).getAddress(),
                        40_000));
    }
}
