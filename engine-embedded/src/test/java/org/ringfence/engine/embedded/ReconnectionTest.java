package org.ringfence.engine.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.ringfence.model.NodeId;

/** Connections that break although both nodes are well: a firewall forgot them, a switch was replaced. */
class ReconnectionTest {
    private static final Duration SOON = TestCluster.SOON;
    private static final int COUNT = 3_000;

    /** Passes TCP on to a port on another loopback address, until it is told to drop all it has. */
    private static final class Middlebox implements AutoCloseable {
        private final ServerSocket listening;
        private final Endpoint behind;
        private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();

        Middlebox(Endpoint at, Endpoint behind) throws IOException {
            this.listening = new ServerSocket(at.port(), 50, InetAddress.ofLiteral(at.host()));
            this.behind = behind;
            Thread.ofVirtual().start(this::accept);
        }

        private void accept() {
            try {
                while (true) {
                    Socket near = listening.accept();
                    sockets.add(near);
                    Thread.ofVirtual().start(() -> connect(near));
                }
            } catch (IOException e) {
                dropAll();
            }
        }

        /** As a real one does, it closes one side when the other cannot be reached (yet), and goes on. */
        private void connect(Socket near) {
            try {
                Socket far = new Socket(behind.host(), behind.port());
                sockets.add(far);
                Thread.ofVirtual().start(() -> pass(near, far));
                Thread.ofVirtual().start(() -> pass(far, near));
            } catch (IOException e) {
                drop(near);
            }
        }

        private static void pass(Socket from, Socket to) {
            try (from;
                    to;
                    InputStream in = from.getInputStream();
                    OutputStream out = to.getOutputStream()) {
                in.transferTo(out);
            } catch (IOException e) {
                // Dropped: both are closed.
            }
        }

        void dropAll() {
            sockets.forEach(Middlebox::drop);
            sockets.clear();
        }

        private static void drop(Socket socket) {
            try {
                socket.setSoLinger(true, 0);
                socket.close();
            } catch (IOException e) {
                // Closed already.
            }
        }

        @Override
        public void close() throws IOException {
            listening.close();
        }
    }

    @Test
    void aBrokenConnectionIsReplacedAndNothingIsLostTwiceOrOutOfOrder() throws Exception {
        List<Integer> ports = TestCluster.freePorts(2);
        Endpoint a = new Endpoint("127.0.0.1", ports.get(0));
        Endpoint b = new Endpoint("127.0.0.1", ports.get(1));
        Endpoint throughBox = new Endpoint("127.0.0.2", ports.get(1));
        SequencedMap<NodeId, Endpoint> fromA = new LinkedHashMap<>();
        fromA.put(new NodeId("b"), throughBox);
        SequencedMap<NodeId, Endpoint> fromB = new LinkedHashMap<>();
        fromB.put(new NodeId("a"), a);
        Recorder atA = new Recorder();
        Recorder atB = new Recorder();
        try (Middlebox box = new Middlebox(throughBox, b);
                UdpPass heartbeats = new UdpPass(throughBox, b);
                EmbeddedEngine engineA =
                        new EmbeddedEngine(EngineSettings.of(new NodeId("a"), "test", a, fromA, new Security.Plain()));
                EmbeddedEngine engineB = new EmbeddedEngine(
                        EngineSettings.of(new NodeId("b"), "test", b, fromB, new Security.Plain()))) {
            assertThat(heartbeats.isOpen()).isTrue();
            engineA.start(atA);
            engineB.start(atB);
            atA.await("reachable b", SOON);
            atB.await("reachable a", SOON);
            for (int i = 0; i < COUNT; i++) {
                engineA.send(new NodeId("b"), Bytes.of("m" + i));
                engineB.send(new NodeId("a"), Bytes.of("m" + i));
                if (i % 500 == 250) {
                    box.dropAll();
                    Thread.sleep(20);
                }
            }
            atA.await("message b m" + (COUNT - 1), SOON);
            atB.await("message a m" + (COUNT - 1), SOON);
            Thread.sleep(100);
            assertThat(atA.all()).isEqualTo(expected("b"));
            assertThat(atB.all()).isEqualTo(expected("a"));
        }
    }

    private static List<String> expected(String peer) {
        return IntStream.range(-1, COUNT)
                .mapToObj(i -> i < 0 ? "reachable " + peer : "message " + peer + " m" + i)
                .toList();
    }
}
