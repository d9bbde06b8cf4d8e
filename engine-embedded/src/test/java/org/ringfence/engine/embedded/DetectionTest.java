package org.ringfence.engine.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ringfence.controller.port.Engine.EngineException;

/** Peers that are killed, stopped and continued: node {@code a} here, node {@code b} in a process of its own. */
class DetectionTest {
    private static final Duration SOON = TestCluster.SOON;
    private static final Duration HUNG_AFTER = Duration.ofSeconds(3);

    /** More when figures are wanted: {@code -Dringfence.detection.runs=20}. */
    private static final int RUNS = Integer.getInteger("ringfence.detection.runs", 3);

    @TempDir
    private static Path folder;

    private static Security tls;

    @BeforeAll
    static void createKey() throws EngineException {
        Path store = folder.resolve("cluster.p12");
        ClusterKey.create(store, "correct horse");
        tls = new Security.Tls(store, "correct horse");
    }

    private static TestCluster cluster() {
        return new TestCluster(2, tls, settings -> settings.withTimings(Timings.DEFAULT.withHungAfter(HUNG_AFTER)));
    }

    private static ChildEngine child(TestCluster cluster, Duration hungAfter) throws IOException {
        return new ChildEngine(List.of(), "b", tls, hungAfter, cluster.endpoints());
    }

    @Test
    void aKilledProcessIsReportedAtOnceAndItsSuccessorIsAnotherIncarnation() throws Exception {
        try (TestCluster cluster = cluster()) {
            Recorder a = cluster.start("a");
            List<Long> times = new ArrayList<>();
            for (int run = 0; run < RUNS; run++) {
                int before = a.size();
                try (ChildEngine b = child(cluster, HUNG_AFTER)) {
                    a.await("reachable b", before, SOON);
                    b.recorder().await("reachable a", SOON);
                    b.say("send a from run " + run);
                    a.await("message b from run " + run, before, SOON);
                    Thread.sleep(150 + 37L * run);
                    long killed = System.nanoTime();
                    b.kill();
                    Recorder.Report report = a.await("unreachable b", before, SOON);
                    times.add(TimeUnit.NANOSECONDS.toMillis(report.nanos() - killed));
                    assertThat(a.all().subList(before, a.size()))
                            .containsExactly("reachable b", "message b from run " + run, "unreachable b DAEMON_ENDED");
                }
            }
            Figures.print("process killed, its host up", times);
            assertThat(times).allSatisfy(time -> assertThat(time).isLessThan(3_000L));
        }
    }

    @Test
    void aPauseOfHalfASecondIsNoFailure() throws Exception {
        try (TestCluster cluster = cluster();
                ChildEngine b = child(cluster, HUNG_AFTER)) {
            Recorder a = cluster.start("a");
            a.await("reachable b", SOON);
            b.recorder().await("reachable a", SOON);
            for (int i = 0; i < 4; i++) {
                b.pause();
                Thread.sleep(500);
                b.proceed();
                Thread.sleep(300);
            }
            b.say("send a still here");
            a.await("message b still here", SOON);
            assertThat(a.all("unreachable")).isEmpty();
            assertThat(b.recorder().all("unreachable")).isEmpty();
            assertThat(b.recorder().all("slow"))
                    .as("its own pause is not blamed on others")
                    .isEmpty();
        }
    }

    @Test
    void aPausedDaemonIsSlowThenHungAndReturnsAfterIt() throws Exception {
        try (TestCluster cluster = cluster();
                ChildEngine b = child(cluster, HUNG_AFTER)) {
            Recorder a = cluster.start("a");
            a.await("reachable b", SOON);
            b.recorder().await("reachable a", SOON);
            long paused = System.nanoTime();
            b.pause();
            Recorder.Report slow = a.await("slow b", SOON);
            Recorder.Report hung = a.await("unreachable b", SOON);
            assertThat(hung.what()).isEqualTo("unreachable b DAEMON_HUNG");
            System.out.println("paused: slow after " + (slow.nanos() - paused) / 1_000_000 + " ms, hung after "
                    + (hung.nanos() - paused) / 1_000_000 + " ms");
            assertThat(slow.nanos() - paused).isBetween(300_000_000L, 2_500_000_000L);
            assertThat(hung.nanos() - paused)
                    .isBetween(HUNG_AFTER.toNanos() - 200_000_000L, HUNG_AFTER.toNanos() + 3_000_000_000L);
            b.proceed();
            a.await("reachable b", a.size(), SOON);
            b.recorder().await("unreachable a GONE", SOON);
            b.recorder().await("reachable a", 3, SOON);
        }
    }
}
