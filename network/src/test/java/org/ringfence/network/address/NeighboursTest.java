package org.ringfence.network.address;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ringfence.network.address.OwnNetwork.ip;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.ringfence.linux.Neighbours;
import org.ringfence.linux.ReturnedLinks;

class NeighboursTest {
    /** Beyond what an answer may need, and far from the second after which the kernel asks again by itself. */
    private static final Duration IN_VAIN = Duration.ofMillis(300);

    @ParameterizedTest
    @CsvSource({"address add 10.1.2.3/24 dev d0, 10.1.2.4, INET", "address add fd00::3/64 dev d0 nodad, fd00::4, INET6"
    })
    void askAgainSoonerThanTheKernelWould(String own, String other, StandardProtocolFamily family) throws Exception {
        InetAddress peer = InetAddress.ofLiteral(other);
        OwnNetwork.with(() -> {
            ip("link", "add", "d0", "type", "veth", "peer", "name", "nobody");
            ip("link", "set", "nobody", "up");
            // Nothing that the kernel says by itself, so that what is sent is what was asked.
            Files.writeString(Path.of("/proc/sys/net/ipv6/conf/d0/router_solicitations"), "0");
            ip("link", "set", "d0", "multicast", "off", "up");
            ip(own.split(" "));
            try (Neighbours neighbours = Neighbours.open();
                    DatagramChannel channel = DatagramChannel.open(family)) {
                assertThat(neighbours.askAgain(Duration.ZERO))
                        .as("nothing was asked")
                        .isZero();
                send(channel, peer);
                assertThat(asked(other)).isTrue();
                assertThat(neighbours.askAgain(IN_VAIN))
                        .as("the answer may be on its way")
                        .isZero();
                Thread.sleep(IN_VAIN);
                long before = sent();
                send(channel, peer);
                assertThat(sent()).as("the kernel waits for its answer").isEqualTo(before);
                assertThat(neighbours.askAgain(IN_VAIN)).isOne();
                assertThat(asked(other)).isFalse();
                send(channel, peer);
                assertThat(sent()).as("another question").isGreaterThan(before);
                assertThat(asked(other)).isTrue();
            }
        });
    }

    @Test
    void aLinkThatReturnsIsTold() throws Exception {
        OwnNetwork.with(() -> {
            ip("link", "add", "d0", "type", "veth", "peer", "name", "d1");
            ip("link", "set", "d0", "up");
            ip("link", "set", "d1", "up");
            try (ReturnedLinks links = ReturnedLinks.listen()) {
                assertThat(links.await(Duration.ofMillis(50))).isFalse();
                ip("link", "set", "d1", "down");
                while (links.await(Duration.ofMillis(50))) {}
                ip("link", "set", "d0", "mtu", "1400");
                assertThat(links.await(Duration.ofMillis(50)))
                        .as("still without a link")
                        .isFalse();
                ip("link", "set", "d1", "up");
                boolean returned = false;
                for (int messages = 0; messages < 20 && !returned; messages++) {
                    returned = links.await(Duration.ofMillis(500));
                }
                assertThat(returned).isTrue();
            }
        });
    }

    private static void send(DatagramChannel channel, InetAddress to) throws IOException {
        channel.send(ByteBuffer.allocate(1), new InetSocketAddress(to, 9));
    }

    private static boolean asked(String other) throws IOException {
        Process process = new ProcessBuilder("ip", "neighbor", "show", "to", other, "dev", "d0", "nud", "incomplete")
                .redirectErrorStream(true)
                .start();
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).contains(other);
    }

    /** Packets that have left by the interface. */
    private static long sent() throws IOException {
        return Files.readAllLines(Path.of("/proc/thread-self/net/dev")).stream()
                .filter(line -> line.strip().startsWith("d0:"))
                .mapToLong(line -> Long.parseLong(
                        line.substring(line.indexOf(':') + 1).strip().split("\\s+")[9]))
                .findFirst()
                .orElseThrow();
    }
}
