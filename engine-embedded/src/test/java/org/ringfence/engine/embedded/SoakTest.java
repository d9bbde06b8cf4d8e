package org.ringfence.engine.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * No false alarm: busy processes on all cores, daemons that are paused for half a second now and then, messages all the
 * while; and not one node may be reported as unreachable. Only with {@code -Dringfence.soak.seconds=600}.
 *
 * <p>{@code -Dringfence.soak.busy=16} busy processes; {@code -Dringfence.soak.cores=0} pins them and the nodes to some of the
 * cores, so that the others stay free for other work; {@code -Dringfence.soak.nice=19} makes the busy ones polite, on a
 * machine that is busy enough by itself.
 */
class SoakTest {
    private static final int SECONDS = Integer.getInteger("ringfence.soak.seconds", 0);
    private static final int BUSY = Integer.getInteger("ringfence.soak.busy", 16);
    private static final String CORES = System.getProperty("ringfence.soak.cores", "");
    private static final int NICE = Integer.getInteger("ringfence.soak.nice", 0);
    private static final Duration SOON = Duration.ofSeconds(60);

    @TempDir
    private static Path folder;

    @Test
    void notOneNodeIsSuspectedWhileEverythingIsSlow() throws Exception {
        if (SECONDS == 0) {
            System.out.println("SKIPPED SoakTest: it runs with -Dringfence.soak.seconds=600");
        }
        assumeTrue(SECONDS > 0, "it runs with -Dringfence.soak.seconds=600");
        List<String> pinned = CORES.isEmpty() ? List.of() : List.of("taskset", "-c", CORES);
        Path store = folder.resolve("cluster.p12");
        ClusterKey.create(store, "correct horse");
        Security tls = new Security.Tls(store, "correct horse");
        TestCluster cluster = new TestCluster(3, tls);
        Duration hungAfter = Duration.ofSeconds(10);
        List<Process> busy = new ArrayList<>();
        try (ChildEngine a = new ChildEngine(pinned, "a", tls, hungAfter, cluster.endpoints());
                ChildEngine b = new ChildEngine(pinned, "b", tls, hungAfter, cluster.endpoints());
                ChildEngine c = new ChildEngine(pinned, "c", tls, hungAfter, cluster.endpoints())) {
            List<ChildEngine> nodes = List.of(a, b, c);
            awaitFormed(nodes);
            rest(nodes);
            for (int i = 0; i < BUSY; i++) {
                List<String> command = new ArrayList<>(pinned);
                command.addAll(List.of("nice", "-n", Integer.toString(NICE), "sh", "-c", "while :; do :; done"));
                busy.add(new ProcessBuilder(command).start());
            }
            int messages = disturb(nodes);
            System.out.println(
                    "load average " + Files.readString(Path.of("/proc/loadavg")).strip());
            awaitLast(nodes, messages);
            for (ChildEngine node : nodes) {
                assertThat(node.recorder().all("unreachable")).isEmpty();
            }
            System.out.println("FIGURE soak: " + SECONDS + " s with " + BUSY + " busy processes, " + messages
                    + " messages, a pause of 500 ms before each tenth: nobody unreachable; reported as slow: "
                    + nodes.stream()
                            .mapToInt(node -> node.recorder().all("slow").size())
                            .sum());
        } finally {
            busy.forEach(Process::destroyForcibly);
        }
    }

    private static void awaitFormed(List<ChildEngine> nodes) {
        nodes.get(0).recorder().await("reachable b", SOON);
        nodes.get(0).recorder().await("reachable c", SOON);
        nodes.get(1).recorder().await("reachable a", SOON);
        nodes.get(1).recorder().await("reachable c", SOON);
        nodes.get(2).recorder().await("reachable a", SOON);
        nodes.get(2).recorder().await("reachable b", SOON);
    }

    /** What three nodes cost that have nothing to do. */
    private static void rest(List<ChildEngine> nodes) throws IOException, InterruptedException {
        Thread.sleep(5_000);
        List<Duration> before = nodes.stream().map(ChildEngine::processorTime).toList();
        Thread.sleep(20_000);
        for (int i = 0; i < nodes.size(); i++) {
            Duration used = nodes.get(i).processorTime().minus(before.get(i));
            System.out.println("FIGURE at rest: " + used.toMillis() / 200.0 + " % of a core, "
                    + nodes.get(i).residentBytes() / (1 << 20) + " MiB resident");
        }
    }

    /** Returns how many messages were sent to each of the others, before the last one. */
    private static int disturb(List<ChildEngine> nodes) throws IOException, InterruptedException {
        Random random = new Random(1);
        long end = System.nanoTime() + SECONDS * 1_000_000_000L;
        int number = 0;
        while (System.nanoTime() < end) {
            ChildEngine paused = nodes.get(random.nextInt(nodes.size()));
            paused.pause();
            Thread.sleep(500);
            paused.proceed();
            for (int i = 0; i < 10; i++) {
                nodes.get(0).say("send b " + number);
                nodes.get(0).say("send c " + number);
                number++;
                Thread.sleep(100 + random.nextInt(400));
            }
        }
        nodes.get(0).say("send b last");
        nodes.get(0).say("send c last");
        return number;
    }

    private static void awaitLast(List<ChildEngine> nodes, int numbers) {
        List<String> expected = IntStream.rangeClosed(0, numbers)
                .mapToObj(i -> "message a " + (i == numbers ? "last" : Integer.toString(i)))
                .toList();
        for (ChildEngine node : nodes.subList(1, 3)) {
            node.recorder().await("message a last", SOON);
            assertThat(node.recorder().all("message")).isEqualTo(expected);
        }
    }
}
