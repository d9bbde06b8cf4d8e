package org.ringfence.engine.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Who does not take its messages is given up, before memory is; the sender never waits. */
class OverflowTest {
    private static final Duration SOON = TestCluster.SOON;
    private static final Security PLAIN = new Security.Plain();

    @Test
    void aListenerThatDoesNotReturnMakesItsNodeUnreachable() throws Exception {
        Limits limits = new Limits(1 << 20, 1_000, 4 << 20);
        CountDownLatch stuck = new CountDownLatch(1);
        try (TestCluster cluster = new TestCluster(2, PLAIN, settings -> settings.withLimits(limits))) {
            cluster.startAll();
            Recorder b = cluster.recorder("b");
            b.onMessage(() -> await(stuck));
            int sent = 0;
            byte[] payload = new byte[50_000];
            while (cluster.recorder("a").all("unreachable").isEmpty()) {
                long before = System.nanoTime();
                cluster.send("a", "b", payload);
                assertThat(System.nanoTime() - before).as("a sender's wait").isLessThan(1_000_000_000L);
                sent++;
                assertThat(sent).as("messages until b was given up").isLessThan(5_000);
                Thread.sleep(1);
            }
            assertThat(cluster.recorder("a").all("unreachable")).containsExactly("unreachable b DAEMON_HUNG");
            // Not announced again to b's listener before it knows; a may try as it likes.
            stuck.countDown();
            b.await("unreachable a GONE", SOON);
            cluster.recorder("a").await("reachable b", 2, SOON);
            b.await("reachable a", 2, SOON);
            assertThat(b.all())
                    .containsSubsequence("reachable a", "message a 50000 bytes", "unreachable a GONE", "reachable a");
            assertThat(b.all("message")).hasSizeLessThanOrEqualTo(sent);
            cluster.send("a", "b", "again");
            b.await("message a again", SOON);
        }
    }

    @Test
    void aDaemonThatStopsReadingForAMomentLosesNothing() throws Exception {
        CountDownLatch stuck = new CountDownLatch(1);
        try (TestCluster cluster = new TestCluster(2, PLAIN)) {
            cluster.startAll();
            Recorder b = cluster.recorder("b");
            b.onMessage(() -> await(stuck));
            int count = 20_000;
            for (int i = 0; i < count; i++) {
                cluster.send("a", "b", "m" + i);
            }
            Thread.sleep(700);
            stuck.countDown();
            b.await("message a m" + (count - 1), SOON);
            assertThat(b.all("message")).hasSize(count).doesNotHaveDuplicates();
            assertThat(b.all("unreachable")).isEmpty();
            assertThat(cluster.recorder("a").all()).isEqualTo(List.of("reachable b"));
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
