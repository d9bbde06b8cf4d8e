package org.ringfence.demo.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.ringfence.demo.host.Network;

class ProbeTest {
    /** Says its name to whoever connects. */
    private record Service(ServerSocket socket) implements AutoCloseable {
        static Service start(String name, int port) throws IOException {
            var socket = new ServerSocket();
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            Thread.ofVirtual().start(() -> {
                while (!socket.isClosed()) {
                    try (Socket client = socket.accept()) {
                        client.getOutputStream().write((name + "\n").getBytes(StandardCharsets.UTF_8));
                    } catch (IOException closed) {
                        return;
                    }
                }
            });
            return new Service(socket);
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }

    @Test
    void seesTheServiceGoAndComeBackElsewhere() throws Exception {
        try (Service first = Service.start("n1", 0);
                Probe probe = new Probe(
                        new Network.Machine(),
                        List.of(new InetSocketAddress(
                                InetAddress.getLoopbackAddress(), first.socket().getLocalPort())),
                        Duration.ofMillis(10),
                        Duration.ofMillis(300))) {
            Instant began = Instant.now();
            assertThat(probe.await(began, attempt -> true, Duration.ofSeconds(5))
                            .map(Attempt::answer))
                    .hasValue("n1");
            Instant fault = Instant.now();
            int port = first.socket().getLocalPort();
            first.socket().close();
            Thread.sleep(200);
            Instant repaired = Instant.now();
            try (Service second = Service.start("n2", port)) {
                Attempt back = probe.await(fault, attempt -> attempt.answer().equals("n2"), Duration.ofSeconds(5))
                        .orElseThrow();
                assertThat(back.ended()).isAfter(repaired);
                assertThat(Duration.between(repaired, back.ended())).isLessThan(Duration.ofSeconds(1));
                assertThat(probe.since(fault)).anyMatch(attempt -> !attempt.answered());
                assertThat(second.socket().isClosed()).isFalse();
            }
        }
    }

    @Test
    void givesUpOnWhoeverAcceptsAndSaysNothing() throws Exception {
        try (var silent = new ServerSocket(0);
                Probe probe = new Probe(
                        new Network.Machine(),
                        List.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), silent.getLocalPort())),
                        Duration.ofMillis(10),
                        Duration.ofMillis(100))) {
            Thread.sleep(400);
            assertThat(probe.since(Instant.EPOCH))
                    .isNotEmpty()
                    .allMatch(attempt -> attempt.reason().equals("no answer"));
            assertThat(probe.lastAnswer()).isEmpty();
        }
    }
}
