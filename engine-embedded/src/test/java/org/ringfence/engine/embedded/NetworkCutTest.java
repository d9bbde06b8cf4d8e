package org.ringfence.engine.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ringfence.controller.port.Engine.EngineException;

/** Three hosts on a bridge, one of which is cut off. */
class NetworkCutTest {
    private static final Duration SOON = TestCluster.SOON;
    private static final Duration HUNG_AFTER = Duration.ofSeconds(10);

    /** More when figures are wanted: {@code -Dringfence.detection.runs=20}. */
    private static final int RUNS = Integer.getInteger("ringfence.detection.runs", 1);

    /** About a second when nothing else runs; a busy machine takes its own delays off the peers' silence. */
    private static final long MILLIS_AT_MOST = 4_000;

    @TempDir
    private static Path folder;

    private static Security tls;

    @BeforeAll
    static void prepare() throws EngineException {
        Optional<String> unavailable = TestNetwork.unavailable();
        unavailable.ifPresent(why -> System.out.println("SKIPPED NetworkCutTest: " + why));
        assumeTrue(unavailable.isEmpty(), () -> unavailable.orElse(""));
        Path store = folder.resolve("cluster.p12");
        ClusterKey.create(store, "correct horse");
        tls = new Security.Tls(store, "correct horse");
    }

    private interface Change {
        void of(TestNetwork network, String host) throws IOException;
    }

    @Test
    void aNodeThatIsCutOffIsGoneOnBothSidesAndReturns() throws Exception {
        try (TestNetwork network = new TestNetwork(3);
                ChildEngine a = new ChildEngine(network.on("a"), "a", tls, HUNG_AFTER, network.endpoints());
                ChildEngine b = new ChildEngine(network.on("b"), "b", tls, HUNG_AFTER, network.endpoints());
                ChildEngine c = new ChildEngine(network.on("c"), "c", tls, HUNG_AFTER, network.endpoints())) {
            awaitReachable(a, 0, "b", "c");
            awaitReachable(b, 0, "a", "c");
            awaitReachable(c, 0, "a", "b");
            Nodes nodes = new Nodes(a, b, c);
            nodes.cutOff(network, "cable pulled", TestNetwork::unplug, TestNetwork::plug);
            nodes.cutOff(network, "cut off silently", TestNetwork::isolate, TestNetwork::join);
            assertThat(a.recorder().all("unreachable b"))
                    .as("who was not cut off")
                    .isEmpty();
            assertThat(b.recorder().all("unreachable a"))
                    .as("who was not cut off")
                    .isEmpty();
        }
    }

    private record Nodes(ChildEngine a, ChildEngine b, ChildEngine c) {
        void cutOff(TestNetwork network, String how, Change cut, Change heal) throws Exception {
            List<Long> times = new ArrayList<>();
            for (int run = 0; run < RUNS; run++) {
                int beforeA = a.recorder().size();
                int beforeB = b.recorder().size();
                int beforeC = c.recorder().size();
                Thread.sleep(300 + 37L * run);
                long since = System.nanoTime();
                cut.of(network, "c");
                times.add(gone(a, beforeA, "c", since));
                times.add(gone(b, beforeB, "c", since));
                times.add(gone(c, beforeC, "a", since));
                times.add(gone(c, beforeC, "b", since));
                heal.of(network, "c");
                awaitReachable(a, beforeA, "c");
                awaitReachable(b, beforeB, "c");
                awaitReachable(c, beforeC, "a", "b");
            }
            Figures.print(how + ", four reports each", times);
            assertThat(times).allSatisfy(time -> assertThat(time).isLessThan(MILLIS_AT_MOST));
        }
    }

    private static long gone(ChildEngine observer, int from, String peer, long since) {
        Recorder.Report report = observer.recorder().await("unreachable " + peer, from, SOON);
        assertThat(report.what()).isEqualTo("unreachable " + peer + " GONE");
        return TimeUnit.NANOSECONDS.toMillis(report.nanos() - since);
    }

    private static void awaitReachable(ChildEngine engine, int from, String... peers) {
        for (String peer : peers) {
            engine.recorder().await("reachable " + peer, from, SOON);
        }
    }
}
