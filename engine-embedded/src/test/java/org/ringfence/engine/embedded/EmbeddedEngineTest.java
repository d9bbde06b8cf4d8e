package org.ringfence.engine.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ringfence.controller.port.Engine;
import org.ringfence.controller.port.Engine.EngineException;
import org.ringfence.model.NodeId;

/** Several engines in one process, over TLS. */
class EmbeddedEngineTest {
    private static final Duration SOON = TestCluster.SOON;

    @TempDir
    private static Path folder;

    private static Security tls;

    @BeforeAll
    static void createKey() throws EngineException {
        Path store = folder.resolve("cluster.p12");
        ClusterKey.create(store, "correct horse");
        tls = new Security.Tls(store, "correct horse");
    }

    @Test
    void fiveNodesThatStartTogetherSeeEachOtherAtOnce() throws EngineException {
        try (TestCluster warm = new TestCluster(2, tls)) {
            warm.startAll(); // the first connections of a JVM load and interpret all of TLS
        }
        try (TestCluster cluster = new TestCluster(5, tls)) {
            for (String node : List.of("a", "b", "c", "d", "e")) {
                cluster.start(node);
            }
            long lastStarted = System.nanoTime();
            cluster.awaitFormed();
            long took = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - lastStarted);
            System.out.println("formation of five nodes: " + took + " ms after the last was started");
            // About 0.3 s when nothing else runs; no timeout of discovery is anywhere in it.
            assertThat(took).isLessThan(4_000);
        }
    }

    @Test
    void aListenersMistakeIsToldAndNothingElseIsLost() throws EngineException, InterruptedException {
        try (TestCluster cluster = new TestCluster(2, tls)) {
            var told = new LinkedBlockingQueue<Throwable>();
            var heard = new LinkedBlockingQueue<String>();
            EmbeddedEngine clumsy =
                    new EmbeddedEngine(cluster.settings("a"), () -> {}, (_, failure) -> told.add(failure));
            try (clumsy) {
                clumsy.start(new Engine.Listener() {
                    @Override
                    public void reachable(NodeId peer) {}

                    @Override
                    public void unreachable(NodeId peer, Engine.Silence why) {}

                    @Override
                    public void slow(NodeId peer, boolean slow) {}

                    @Override
                    public void message(NodeId from, byte[] payload) {
                        heard.add(Bytes.text(payload));
                        if (payload.length == 1) {
                            throw new IllegalStateException("of " + payload.length + " byte");
                        }
                    }
                });
                cluster.start("b").await("reachable a", SOON);
                cluster.send("b", "a", "1");
                cluster.send("b", "a", "22");
                assertThat(told.poll(SOON.toSeconds(), TimeUnit.SECONDS)).hasMessage("of 1 byte");
                assertThat(heard.poll(SOON.toSeconds(), TimeUnit.SECONDS)).isEqualTo("1");
                assertThat(heard.poll(SOON.toSeconds(), TimeUnit.SECONDS)).isEqualTo("22");
            }
        }
    }

    @Test
    void messagesArriveInTheirSendersOrder() throws EngineException {
        try (TestCluster cluster = new TestCluster(3, tls)) {
            cluster.startAll();
            int count = 5_000;
            for (int i = 0; i < count; i++) {
                cluster.send("a", "b", "a" + i);
                cluster.send("c", "b", "c" + i);
            }
            Recorder b = cluster.recorder("b");
            b.await("message a a" + (count - 1), SOON);
            b.await("message c c" + (count - 1), SOON);
            for (String sender : List.of("a", "c")) {
                assertThat(b.all("message " + sender))
                        .isEqualTo(IntStream.range(0, count)
                                .mapToObj(i -> "message " + sender + " " + sender + i)
                                .toList());
            }
        }
    }

    @Test
    void aMessageOfSixteenMebibytesArrives() throws EngineException {
        int length = 16 << 20;
        // A message that has arrived still counts as queued until a heartbeat confirms it, so all three have room.
        Limits limits = new Limits(Limits.DEFAULT.messageBytes(), 16, 4L * length);
        try (TestCluster cluster = new TestCluster(2, tls, settings -> settings.withLimits(limits))) {
            cluster.startAll();
            for (int i = 0; i < 3; i++) {
                int before = cluster.recorder("b").size();
                cluster.send("a", "b", new byte[length]);
                cluster.recorder("b").await("message a " + length + " bytes", before, SOON);
            }
            assertThat(cluster.recorder("b").all("unreachable")).isEmpty();
        }
    }

    @Test
    void aNodeThatLeavesSaysSo() throws EngineException {
        try (TestCluster cluster = new TestCluster(3, tls)) {
            cluster.startAll();
            cluster.send("b", "a", "last words");
            cluster.stop("b", true);
            cluster.recorder("a").await("unreachable b LEFT", SOON);
            cluster.recorder("c").await("unreachable b LEFT", SOON);
            assertThat(cluster.recorder("a").all()).containsSubsequence("message b last words", "unreachable b LEFT");
            assertThat(cluster.recorder("b").all("unreachable")).isEmpty();
        }
    }

    @Test
    void aNodeThatStopsWithoutAWordHasEnded() throws EngineException {
        try (TestCluster cluster = new TestCluster(2, tls)) {
            cluster.startAll();
            long stopped = System.nanoTime();
            cluster.stop("b", false);
            Recorder.Report report = cluster.recorder("a").await("unreachable b", SOON);
            assertThat(report.what()).isEqualTo("unreachable b DAEMON_ENDED");
            assertThat(TimeUnit.NANOSECONDS.toMillis(report.nanos() - stopped)).isLessThan(3_000);
        }
    }

    @Test
    void aNodeThatReturnsIsReachableAgain() throws EngineException {
        try (TestCluster cluster = new TestCluster(2, tls)) {
            cluster.startAll();
            for (String node : List.of("b", "a")) {
                String other = node.equals("a") ? "b" : "a";
                Recorder recorder = cluster.recorder(other);
                int before = recorder.size();
                cluster.stop(node, false);
                cluster.start(node);
                recorder.await("reachable " + node, before, SOON);
                assertThat(recorder.all().subList(before, recorder.size()))
                        .containsExactly("unreachable " + node + " DAEMON_ENDED", "reachable " + node);
                cluster.awaitFormed();
                cluster.send(other, node, "welcome back");
                cluster.recorder(node).await("message " + other + " welcome back", SOON);
            }
        }
    }
}
