package org.ringfence.network.connections;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** With an address of the loopback network that nobody else uses. */
class ConnectionWatchTest {
    private static final InetAddress ADDRESS = InetAddress.ofLiteral("127.113.7.3");
    private static final Duration LONG = Duration.ofMinutes(5);

    private final ServerSocket server = new ServerSocket();
    private final Told told = new Told();

    ConnectionWatchTest() throws IOException {}

    @BeforeEach
    void listen() throws IOException {
        server.bind(new InetSocketAddress(ADDRESS, 0));
    }

    @AfterEach
    void close() throws IOException {
        server.close();
    }

    @Test
    void whatComesSoonAfterAnAddressIsSoonKnownHoweverLongThereWasNone() throws Exception {
        var watch = new ConnectionWatch(told);
        watch.start();
        Thread.sleep(1_000);
        watch.hold(ADDRESS);
        assertThat(told.next().fresh()).isTrue();
        try (Socket _ = connected()) {
            assertThat(told.next().added().size()).isEqualTo(1);
        }
    }

    @Test
    void aPeerThatCanBeReachedAgainIsToldAtOnce() throws Exception {
        var watch = new ConnectionWatch(told, LONG, LONG);
        try (Socket _ = connected()) {
            watch.hold(ADDRESS);
            watch.start();
            assertThat(told.next().added().size()).isEqualTo(1);
            watch.reachable("beta");
            assertThat(told.next())
                    .matches(report -> report.fresh() && report.added().size() == 0);
            assertThat(told.next())
                    .matches(report -> !report.fresh() && report.added().size() == 1);
        }
    }

    /** From an address of its own, so that only the server's end is found. */
    private Socket connected() throws IOException {
        Socket client = new Socket();
        client.bind(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0));
        client.connect(server.getLocalSocketAddress(), 5_000);
        return client;
    }

    /** Keeps what it is told, whoever is. */
    private static final class Told implements ConnectionWatch.Peers {
        private final BlockingQueue<byte[]> reports = new LinkedBlockingQueue<>();

        /** Well below the five seconds that a look is put off at most. */
        ConnectionReport next() throws InterruptedException {
            byte[] report = reports.poll(2, TimeUnit.SECONDS);
            assertThat(report).as("a report").isNotNull();
            return ConnectionReport.decode(report).orElseThrow();
        }

        @Override
        public void tellAll(byte[] report) {
            reports.add(report);
        }

        @Override
        public void tell(String peer, byte[] report) {
            reports.add(report);
        }
    }
}
