package org.ringfence.network.balance.director;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.ringfence.network.balance.service.Endpoint;
import org.ringfence.network.balance.table.DataPath;
import org.ringfence.network.balance.table.Roster;
import org.ringfence.network.balance.table.Tables;

/** Over the loopback interface, with servers that send back what they are sent, after a letter of their own. */
@Timeout(60)
class DirectorTest {
    private static final InetAddress HOST = InetAddress.ofLiteral("127.0.0.1");
    private static final Limits LIMITS =
            new Limits(2, 200, 16, Duration.ofSeconds(60), Duration.ofSeconds(10), Duration.ofSeconds(10), 3);

    private final List<AutoCloseable> opened = new ArrayList<>();
    private final int port = freePort();

    @AfterEach
    void closeAll() throws Exception {
        for (AutoCloseable each : opened.reversed()) {
            each.close();
        }
    }

    @Test
    void connectionsAreSpreadAndBytesArriveUnharmed() throws IOException {
        Roster roster = roster("rr", server('A'), server('B'));
        director(roster);
        byte[] sent = new byte[3 << 20];
        new Random(1).nextBytes(sent);
        StringBuilder letters = new StringBuilder();
        for (int i = 0; i < 4; i++) {
            try (Socket client = connect()) {
                letters.append((char) client.getInputStream().read());
                Thread writer = Thread.ofVirtual().start(() -> send(client, sent));
                assertThat(client.getInputStream().readAllBytes()).isEqualTo(sent);
                join(writer);
            }
        }
        assertThat(letters).hasToString("ABAB");
    }

    @Test
    void aServerThatDoesNotAnswerIsPassedOver() throws IOException {
        Roster roster = roster("rr", freePort(), server('B'));
        Director director = director(roster);
        for (int i = 0; i < 4; i++) {
            assertThat(letter()).isEqualTo('B');
        }
        assertThat(director.loads()).extracting(DataPath.Load::failed).containsExactlyInAnyOrder(4L, 0L);
    }

    @Test
    void whenNobodyServesTheClientIsToldAtOnce() throws IOException {
        director(roster("rr", freePort()));
        try (Socket client = connect()) {
            assertThatThrownBy(() -> {
                        if (client.getInputStream().read() < 0) {
                            throw new IOException("closed");
                        }
                    })
                    .isInstanceOf(IOException.class);
        }
    }

    @Test
    void aDrainedServerKeepsItsConnectionsAndGetsNoNewOne() throws IOException {
        int a = server('A');
        Roster roster = roster("rr", a, server('B'));
        Director director = director(roster);
        try (Socket client = connect()) {
            assertThat((char) client.getInputStream().read()).isEqualTo('A');
            director.apply(roster.drained(id(), endpoint(a), true).tables());
            for (int i = 0; i < 5; i++) {
                assertThat(letter()).isEqualTo('B');
            }
            assertThat(echo(client, "still here")).isEqualTo("still here");
        }
    }

    @Test
    void aServerThatIsDownLosesItsConnectionsUnlessItIsQuiescent() throws IOException {
        for (boolean quiescent : new boolean[] {true, false}) {
            int a = server('A');
            Roster roster = Tables.up("quiescent=" + (quiescent ? "yes\n" : "no\n") + text("rr", a));
            try (Director director = new Director(LIMITS)) {
                director.apply(roster.tables());
                try (Socket client = connect()) {
                    assertThat((char) client.getInputStream().read()).isEqualTo('A');
                    director.apply(roster.up(id(), endpoint(a), false).tables());
                    if (quiescent) {
                        assertThat(echo(client, "still here")).isEqualTo("still here");
                    } else {
                        assertThatThrownBy(() -> {
                                    while (true) {
                                        echo(client, "x");
                                    }
                                })
                                .isInstanceOf(IOException.class);
                    }
                }
            }
        }
    }

    @Test
    void aChangedConfigurationBreaksNoConnection() throws IOException {
        int a = server('A');
        Director director = director(roster("rr", a));
        try (Socket client = connect()) {
            assertThat((char) client.getInputStream().read()).isEqualTo('A');
            director.apply(roster("wlc", server('B')).tables());
            assertThat(letter()).isEqualTo('B');
            assertThat(echo(client, "one")).isEqualTo("one");
            director.apply(List.of());
            assertThat(echo(client, "two")).isEqualTo("two");
        }
        assertThat(director.loads()).isEmpty();
    }

    @Test
    void whatCannotBeListenedOnChangesNothing() throws IOException {
        Roster roster = roster("rr", server('A'));
        Director director = director(roster);
        try (ServerSocket taken = new ServerSocket(0, 1, HOST)) {
            String more = text("rr", server('B')).replace(":" + port, ":" + taken.getLocalPort());
            assertThatThrownBy(() -> director.apply(
                            Tables.up(text("rr", server('C')) + more).tables()))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("cannot be listened on");
        }
        assertThatThrownBy(() -> director.apply(Tables.up("virtual=7\n").tables()))
                .hasMessageContaining("needs the kernel's IPVS");
        assertThat(letter()).isEqualTo('A');
    }

    @Test
    void aServerIsToldWhoTheClientIs() throws IOException {
        int echo = server('A');
        director(Tables.up(text("rr", echo) + "\tproxyprotocol=v1\n"));
        try (Socket client = connect()) {
            client.shutdownOutput();
            assertThat(new String(client.getInputStream().readAllBytes(), US_ASCII))
                    .isEqualTo("APROXY TCP4 127.0.0.1 127.0.0.1 " + client.getLocalPort() + " " + port + "\r\n");
        }
    }

    @Test
    void aTakerThatDoesNotReadHoldsTheGiverBackAndNobodyElse() throws IOException {
        Roster roster = roster("rr", server('A'));
        director(roster);
        List<Socket> idle = new ArrayList<>();
        try {
            // Each of them sends until nothing more is taken, and reads nothing back: far more of them than there are
            // buffers.
            for (int i = 0; i < 40; i++) {
                Socket client = connect();
                idle.add(client);
                Thread.ofVirtual().start(() -> {
                    try {
                        byte[] bytes = new byte[1 << 20];
                        for (int round = 0; round < 16; round++) {
                            client.getOutputStream().write(bytes);
                        }
                    } catch (IOException closed) {
                        // As the test ends.
                        assertThat(client.isClosed()).isTrue();
                    }
                });
            }
            Thread.sleep(300);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } finally {
            for (Socket client : idle) {
                client.close();
            }
        }
        // Buffers came back: everybody is served again.
        for (int i = 0; i < 20; i++) {
            try (Socket client = connect()) {
                assertThat(client.getInputStream().read()).isEqualTo('A');
                assertThat(echo(client, "hello")).isEqualTo("hello");
            }
        }
    }

    @Test
    void whoComesWhileThereAreTooManyWaits() throws IOException {
        director(roster("rr", server('A')));
        List<Socket> many = new ArrayList<>();
        for (int i = 0; i < LIMITS.connectionsMax(); i++) {
            many.add(connect());
        }
        for (Socket client : many) {
            assertThat(client.getInputStream().read()).isEqualTo('A');
        }
        try (Socket late = connect()) {
            late.setSoTimeout(300);
            assertThatThrownBy(() -> late.getInputStream().read()).hasMessageContaining("timed out");
            for (Socket client : many) {
                client.close();
            }
            late.setSoTimeout(10_000);
            assertThat(late.getInputStream().read()).isEqualTo('A');
        }
    }

    @Test
    void whoComesBeforeTheFirstCheckWaitsForIt() throws IOException {
        int a = server('A');
        Roster roster = Roster.of(Tables.configuration(text("rr", a)));
        Director director = director(roster);
        try (Socket early = connect()) {
            early.setSoTimeout(300);
            assertThatThrownBy(() -> early.getInputStream().read()).hasMessageContaining("timed out");
            director.apply(roster.up(id(), endpoint(a), true).tables());
            // Sooner than the next look at who waits.
            early.setSoTimeout(600);
            assertThat(early.getInputStream().read()).isEqualTo('A');
        }
    }

    @Test
    void datagramsOfAClientGoToOneServerAndAnswersComeBack() throws IOException {
        DatagramSocket server = new DatagramSocket(new InetSocketAddress(HOST, 0));
        opened.add(server);
        Thread.ofVirtual().start(() -> answer(server));
        director(Tables.up(text("rr", server.getLocalPort()) + "\tprotocol=udp\n"));
        try (DatagramSocket client = new DatagramSocket()) {
            client.setSoTimeout(10_000);
            for (int i = 0; i < 3; i++) {
                byte[] question = ("question " + i).getBytes(US_ASCII);
                client.send(new DatagramPacket(question, question.length, HOST, port));
                var packet = new DatagramPacket(new byte[100], 100);
                client.receive(packet);
                assertThat(new String(packet.getData(), 0, packet.getLength(), US_ASCII))
                        .isEqualTo("question " + i);
                assertThat(packet.getPort()).isEqualTo(port);
            }
        }
    }

    private static void answer(DatagramSocket server) {
        var packet = new DatagramPacket(new byte[100], 100);
        while (!server.isClosed()) {
            try {
                server.receive(packet);
                server.send(packet);
            } catch (IOException closed) {
                return;
            }
        }
    }

    private char letter() throws IOException {
        try (Socket client = connect()) {
            return (char) client.getInputStream().read();
        }
    }

    private static String echo(Socket client, String text) throws IOException {
        client.getOutputStream().write(text.getBytes(US_ASCII));
        byte[] bytes = client.getInputStream().readNBytes(text.length());
        if (bytes.length < text.length()) {
            throw new IOException("the connection has ended");
        }
        return new String(bytes, US_ASCII);
    }

    private static void send(Socket client, byte[] bytes) {
        try {
            client.getOutputStream().write(bytes);
            client.shutdownOutput();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private Socket connect() throws IOException {
        var client = new Socket(HOST, port);
        opened.add(client);
        client.setSoTimeout(20_000);
        return client;
    }

    private Director director(Roster roster) throws IOException {
        var director = new Director(LIMITS);
        opened.add(director);
        director.apply(roster.tables());
        return director;
    }

    private int server(char letter) throws IOException {
        var server = new LetterServer(letter);
        opened.add(server);
        return server.port();
    }

    private Roster roster(String scheduler, int... servers) {
        return Tables.up(text(scheduler, servers));
    }

    private String text(String scheduler, int... servers) {
        StringBuilder text = new StringBuilder("virtual=127.0.0.1:" + port + "\n\tscheduler=" + scheduler + "\n");
        for (int server : servers) {
            text.append("\treal=127.0.0.1:").append(server).append(" masq\n");
        }
        return text.toString();
    }

    private String id() {
        return "tcp 127.0.0.1:" + port;
    }

    private static Endpoint endpoint(int server) {
        return new Endpoint(HOST, server);
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, HOST)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
