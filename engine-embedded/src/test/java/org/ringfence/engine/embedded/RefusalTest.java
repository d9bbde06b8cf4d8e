package org.ringfence.engine.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ringfence.controller.port.Engine.EngineException;
import org.ringfence.model.NodeId;

/** Who does not belong to the cluster is turned away, and an engine that cannot work says so in one line. */
class RefusalTest {
    private static final Duration A_WHILE = Duration.ofMillis(800);

    @TempDir
    private static Path folder;

    private static Security tls;
    private static Security otherKey;

    @BeforeAll
    static void createKeys() throws EngineException {
        tls = key("cluster.p12");
        otherKey = key("other.p12");
    }

    private static Security key(String name) throws EngineException {
        Path store = folder.resolve(name);
        ClusterKey.create(store, "correct horse");
        return new Security.Tls(store, "correct horse");
    }

    @Test
    void aNodeWithAnotherKeyIsTurnedAway() throws Exception {
        try (TestCluster cluster = new TestCluster(3, tls)) {
            cluster.start("b");
            cluster.start("c");
            cluster.start("a", cluster.settings("a", otherKey)); // dials the others
            cluster.recorder("b").await("reachable c", TestCluster.SOON);
            Thread.sleep(A_WHILE);
            assertThat(cluster.recorder("a").all()).isEmpty();
            assertThat(cluster.recorder("b").all()).containsExactly("reachable c");
        }
    }

    @Test
    void aNodeWithoutTlsIsTurnedAway() throws Exception {
        try (TestCluster cluster = new TestCluster(2, tls)) {
            cluster.start("b");
            cluster.start("a", cluster.settings("a", new Security.Plain()));
            Thread.sleep(A_WHILE);
            assertThat(cluster.recorder("a").all()).isEmpty();
            assertThat(cluster.recorder("b").all()).isEmpty();
        }
    }

    @Test
    void aNodeOfAnotherClusterIsTurnedAway() throws Exception {
        try (TestCluster cluster = new TestCluster(2, tls)) {
            cluster.start("b");
            EngineSettings settings = cluster.settings("a");
            cluster.start(
                    "a", EngineSettings.of(settings.self(), "another", settings.listen(), cluster.endpoints(), tls));
            Thread.sleep(A_WHILE);
            assertThat(cluster.recorder("a").all()).isEmpty();
            assertThat(cluster.recorder("b").all()).isEmpty();
        }
    }

    @Test
    void aNodeThatIsNotConfiguredIsTurnedAway() throws Exception {
        try (TestCluster cluster = new TestCluster(2, tls)) {
            EngineSettings b = cluster.settings("b");
            cluster.start("b", EngineSettings.of(b.self(), "test", b.listen(), new LinkedHashMap<>(), tls));
            cluster.start("a");
            Thread.sleep(A_WHILE);
            assertThat(cluster.recorder("a").all()).isEmpty();
            assertThat(cluster.recorder("b").all()).isEmpty();
        }
    }

    @Test
    void withoutTlsTheNameOfTheClusterStillCounts() throws Exception {
        Security plain = new Security.Plain();
        try (TestCluster cluster = new TestCluster(3, plain)) {
            EngineSettings settings = cluster.settings("a");
            cluster.start(
                    "a", EngineSettings.of(settings.self(), "another", settings.listen(), cluster.endpoints(), plain));
            cluster.start("b");
            cluster.start("c");
            cluster.recorder("b").await("reachable c", TestCluster.SOON);
            cluster.send("b", "c", "plain words");
            cluster.recorder("c").await("message b plain words", TestCluster.SOON);
            Thread.sleep(A_WHILE);
            assertThat(cluster.recorder("a").all()).isEmpty();
        }
    }

    @Test
    void garbageAndSilenceFromStrangersDisturbNobody() throws Exception {
        Random random = new Random(1);
        for (Security security : new Security[] {tls, new Security.Plain()}) {
            try (TestCluster cluster = new TestCluster(2, security);
                    DatagramSocket datagrams = new DatagramSocket()) {
                Endpoint b = cluster.endpoint("b");
                cluster.start("b");
                Socket[] silent = new Socket[20];
                for (int i = 0; i < silent.length; i++) {
                    silent[i] = new Socket(b.host(), b.port());
                }
                for (int i = 0; i < 100; i++) {
                    byte[] garbage = new byte[1 + random.nextInt(2_000)];
                    random.nextBytes(garbage);
                    garbage[0] &= 1; // short lengths get further
                    datagrams.send(
                            new DatagramPacket(garbage, garbage.length, InetAddress.getLoopbackAddress(), b.port()));
                    writeAndHangUp(b, garbage);
                }
                cluster.start("a");
                cluster.awaitFormed();
                cluster.send("a", "b", "through the noise");
                cluster.recorder("b").await("message a through the noise", TestCluster.SOON);
                // Silent strangers are not kept for ever.
                silent[0].setSoTimeout(10_000);
                int answer = silent[0].getInputStream().readAllBytes().length;
                assertThat(answer).isLessThan(100);
                assertThat(cluster.recorder("b").all("unreachable")).isEmpty();
                for (Socket socket : silent) {
                    socket.close();
                }
            }
        }
    }

    private static void writeAndHangUp(Endpoint to, byte[] garbage) throws IOException {
        try (Socket socket = new Socket(to.host(), to.port());
                OutputStream out = socket.getOutputStream()) {
            out.write(garbage);
        } catch (java.net.SocketException e) {
            // Turned away while still talking, which is as good.
            assertThat(e).hasMessageMatching("(?s).*(reset|pipe|closed|abort).*");
        }
    }

    @Test
    void anEngineThatCannotWorkSaysWhyInOneLine() throws Exception {
        Path damaged = folder.resolve("damaged.p12");
        Files.writeString(damaged, "not a key store");
        Path store = ((Security.Tls) tls).keyStore();
        assertThat(failure(new Security.Tls(folder.resolve("none.p12"), "x")))
                .contains("there is no key store")
                .contains("none.p12");
        assertThat(failure(new Security.Tls(store, "wrong password")))
                .contains("password")
                .contains("is wrong");
        assertThat(failure(new Security.Tls(damaged, "x"))).contains("cannot read the key store");
        assertThat(failure(new Security.Tls(folder, "x"))).contains("cannot read the key store");
    }

    private static String failure(Security security) {
        return failure(new TestCluster(1, security));
    }

    private static String failure(TestCluster cluster) {
        try (cluster) {
            cluster.start("a");
            throw new AssertionError("started");
        } catch (EngineException e) {
            String message = String.valueOf(e.getMessage());
            assertThat(message).doesNotContain("\n");
            return message;
        }
    }

    @Test
    void aPortInUseIsSaidAndTheOtherPortGivenBack() throws Exception {
        TestCluster cluster = new TestCluster(1, tls);
        Endpoint a = cluster.endpoint("a");
        try (ServerSocket taken = new ServerSocket(a.port(), 1, InetAddress.getLoopbackAddress())) {
            assertThat(taken.isBound()).isTrue();
            assertThat(failure(cluster)).contains("TCP " + a).contains("in use");
        }
        try (DatagramSocket taken = new DatagramSocket(a.port(), InetAddress.getLoopbackAddress())) {
            assertThat(taken.isBound()).isTrue();
            assertThat(failure(cluster)).contains("UDP " + a).contains("in use");
        }
        try (cluster) {
            cluster.start("a");
            assertThatThrownBy(() -> cluster.start("a", cluster.settings("a"))).hasMessageContaining("in use");
        }
    }

    @Test
    void aKeyIsNotReplacedByAccident() throws Exception {
        Path store = ((Security.Tls) tls).keyStore();
        byte[] before = Files.readAllBytes(store);
        assertThatThrownBy(() -> ClusterKey.create(store, "correct horse"))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("exists already");
        assertThatThrownBy(() -> ClusterKey.create(folder.resolve("new.p12"), "short"))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("at least 6");
        assertThatThrownBy(() -> ClusterKey.create(folder.resolve("none/new.p12"), "correct horse"))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("no folder");
        assertThat(Files.readAllBytes(store)).isEqualTo(before);
        assertThat(Files.getPosixFilePermissions(store)).hasSize(2);
        try (var files = Files.list(folder)) {
            assertThat(files.map(file -> file.getFileName().toString()).filter(name -> name.startsWith(".")))
                    .isEmpty();
        }
    }

    @Test
    void settingsThatContradictThemselvesAreRefusedWithTheArithmetic() {
        Timings timings = Timings.DEFAULT;
        assertThatThrownBy(() -> timings.withHungAfter(Duration.ofSeconds(1)))
                .hasMessage("hung-after 1000 ms is less than 1800 ms (2 x dead-after 900 ms)");
        assertThatThrownBy(() -> new Timings(
                        timings.heartbeat(),
                        timings.questionAfter(),
                        timings.probeInterval(),
                        timings.probeTimeout(),
                        Duration.ofMillis(600),
                        timings.hungAfter()))
                .hasMessage("dead-after 600 ms is less than 750 ms (question-after 400 ms + 2 x probe-interval 100 ms"
                        + " + probe-timeout 150 ms)");
        assertThatThrownBy(() -> new Limits(20 << 20, 1_000, 20 << 20)).hasMessageContaining("never be sent");
        assertThatThrownBy(() -> new Endpoint("host", 0)).hasMessageContaining("port 0");
        Endpoint same = new Endpoint("host", 1);
        LinkedHashMap<NodeId, Endpoint> peers = new LinkedHashMap<>();
        peers.put(new NodeId("b"), same);
        assertThatThrownBy(() -> EngineSettings.of(new NodeId("a"), "test", same, peers, tls))
                .hasMessage("nodes a and b are both at host:1");
        assertThat(tls.toString()).doesNotContain("correct horse");
    }
}
