package org.ringfence.daemon.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ringfence.linux.Pidfd;

class ProcessesTest {
    private static final Duration LONG = Duration.ofSeconds(30);

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    @SuppressWarnings("NullAway.Init")
    private Processes processes;

    private final Optional<ControlGroups> groups =
            ControlGroups.below("test-" + UUID.randomUUID().toString().substring(0, 8));

    @BeforeEach
    void open() throws IOException {
        processes = new Processes(
                new Unfinished(folder.resolve("runs")),
                (thread, failure) -> thread.getThreadGroup().uncaughtException(thread, failure));
    }

    @AfterEach
    void close() {
        processes.close();
        groups.ifPresent(ControlGroups::removeEmpty);
    }

    @Test
    void exitStatusOutputAndErrorsAreGiven() {
        Ended ended = run("echo out; echo err >&2; exit 7", LONG);
        assertThat(ended.how()).isEqualTo(Ended.How.EXITED);
        assertThat(ended.number()).isEqualTo(7);
        assertThat(ended.output()).isEqualTo("out\n");
        assertThat(ended.errors()).isEqualTo("err\n");
        assertThat(ended.succeeded()).isFalse();
    }

    @Test
    void nothingIsStartedOnceItIsClosedAndNoRecordOfARunIsLeft() throws Exception {
        processes.close();
        Ended ended = run("true", LONG);
        assertThat(ended.how()).isEqualTo(Ended.How.NOT_STARTED);
        try (var records = Files.list(folder.resolve("runs"))) {
            assertThat(records).isEmpty();
        }
    }

    @Test
    void whatAKilledDaemonWasRunningIsEndedByItsSuccessorAndWhatItHadStartedIsKept() throws Exception {
        Path service = folder.resolve("service");
        Path start = folder.resolve("start");
        assertThat(run("sleep 60 >/dev/null 2>&1 & echo $! >" + service, LONG).succeeded())
                .isTrue();
        Running underWay = processes.start(program(
                List.of("/bin/sh", "-c", "sleep 60 & echo $! >" + start + "; wait"), "", LONG, Optional.empty()));
        await(start);

        // As the daemon's death leaves it: the successor has nothing but the folder.
        assertThat(new Unfinished(folder.resolve("runs")).end())
                .singleElement()
                .asString()
                .startsWith("killed ")
                .contains("sleep (" + Files.readString(start).strip() + ")");

        assertThat(underWay.ended().get(10, TimeUnit.SECONDS).how()).isEqualTo(Ended.How.SIGNALLED);
        assertThat(underWay.tree().processes()).isEmpty();
        int kept = Integer.parseInt(Files.readString(service).strip());
        assertThat(ProcessTable.parent(kept)).isPresent();
        Pidfd.signal(kept, 9);
        assertThat(folder.resolve("runs")).isEmptyDirectory();
    }

    @Test
    void aProcessThatBecomesAnotherProgramAgainAndAgainIsNeverLost() throws Exception {
        Running underWay = processes.start(program(
                List.of(
                        "/bin/sh",
                        "-c",
                        "[ $0 -gt 0 ] && exec /bin/sh -c \"$1\" $(($0 - 1)) \"$1\"; sleep 60",
                        "3000",
                        "[ $0 -gt 0 ] && exec /bin/sh -c \"$1\" $(($0 - 1)) \"$1\"; sleep 60"),
                "",
                LONG,
                Optional.empty()));
        for (int look = 0; look < 300; look++) {
            assertThat(ProcessTable.withEnvironment(underWay.tree().mark()))
                    .as("look %d", look)
                    .isNotEmpty();
        }
        underWay.cancel();
        underWay.ended().get(10, TimeUnit.SECONDS);
    }

    private static void await(Path file) throws Exception {
        long deadline = System.nanoTime() + LONG.toNanos();
        while (!Files.exists(file) || Files.size(file) == 0) {
            assertThat(System.nanoTime() - deadline).as("waiting for " + file).isNegative();
            Thread.sleep(5);
        }
    }

    @Test
    void endByASignalIsToldFromAnExit() {
        Ended ended = run("kill -9 $$", LONG);
        assertThat(ended.how()).isEqualTo(Ended.How.SIGNALLED);
        assertThat(ended.number()).isEqualTo(9);
    }

    @Test
    void whatCannotBeStartedSaysWhy() {
        Ended ended = processes
                .start(program(List.of("/no/such/program"), "", LONG, Optional.empty()))
                .ended()
                .join();
        assertThat(ended.how()).isEqualTo(Ended.How.NOT_STARTED);
        assertThat(ended.problem()).contains("/no/such/program", "No such file");
    }

    @Test
    void theEnvironmentIsWhatWasGivenAndNothingElse() {
        Ended ended = run("env", LONG);
        assertThat(ended.output().lines().map(line -> line.substring(0, line.indexOf('='))))
                .containsExactlyInAnyOrder("PATH", "PWD", "RINGFENCE_RUN");
    }

    @Test
    void noDescriptorOfTheDaemonIsInherited() throws IOException {
        try (var open = Files.newInputStream(Path.of("/etc/passwd"))) {
            assertThat(open.read()).isPositive();
            // What remains is what ls itself opens.
            assertThat(run("ls /proc/self/fd", LONG).output().lines()).containsExactly("0", "1", "2", "3");
        }
    }

    @Test
    void inputIsReadAndThenEnds() {
        Ended ended = processes
                .start(program(List.of("/bin/cat"), "action=off\nplug=n1\n", LONG, Optional.empty()))
                .ended()
                .join();
        assertThat(ended.output()).isEqualTo("action=off\nplug=n1\n");
    }

    @Test
    void withoutInputItIsEmpty() {
        assertThat(run("cat; echo end", LONG).output()).isEqualTo("end\n");
    }

    @Test
    void tooMuchInputIsRefusedRatherThanWaitedFor() {
        Ended ended = processes
                .start(program(List.of("/bin/cat"), "x".repeat(Program.INPUT_BYTES + 1), LONG, Optional.empty()))
                .ended()
                .join();
        assertThat(ended.how()).isEqualTo(Ended.How.NOT_STARTED);
        assertThat(ended.problem()).contains("input");
    }

    @Test
    void ofAFloodOnlyTheEndIsKept() {
        Ended ended = run("i=0; while [ $i -lt 20000 ]; do echo line $i; i=$((i+1)); done; echo last", LONG);
        assertThat(ended.output().length()).isLessThan(5000);
        assertThat(ended.output()).startsWith("(").contains("were not kept").endsWith("line 19999\nlast\n");
    }

    @Test
    void aFloodThatNeverEndsIsEndedAtTheTimeout() {
        Ended ended = run("yes", Duration.ofMillis(200));
        assertThat(ended.how()).isEqualTo(Ended.How.TIMED_OUT);
        assertThat(ended.output().length()).isLessThan(5000);
    }

    @Test
    void aChildThatKeepsTheOutputOpenDoesNotHoldUpTheResult() {
        long before = System.nanoTime();
        Running running = start("sleep 60 & echo started", LONG);
        assertThat(running.ended().join().output()).isEqualTo("started\n");
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(5));
        assertThat(running.tree().processes()).hasSize(1);
        endAll(running);
    }

    @Test
    void atTheTimeoutTheWholeTreeIsGoneWithControlGroup() throws IOException {
        Assumptions.assumeTrue(groups.isPresent(), "no control groups here");
        wholeTreeIsGone(Optional.of(groups.orElseThrow().create("db:0", "1")));
    }

    @Test
    void atTheTimeoutTheWholeTreeIsGoneWithoutControlGroup() throws IOException {
        wholeTreeIsGone(Optional.empty());
    }

    /** A grandchild that ignores SIGTERM, another that left the session and was orphaned, and the script itself. */
    private void wholeTreeIsGone(Optional<ControlGroup> group) throws IOException {
        Path pids = folder.resolve("pids");
        String script = "trap '' TERM; echo $$ >>" + pids + "; "
                + "sh -c 'trap \"\" TERM; echo $$ >>" + pids + "; while :; do sleep 1; done' & "
                + "(setsid sh -c 'trap \"\" TERM HUP; echo $$ >>" + pids + "; while :; do sleep 1; done' &) & "
                + "while :; do sleep 1; done";
        Ended ended = processes
                .start(program(List.of("/bin/sh", "-c", script), "", Duration.ofMillis(500), group))
                .ended()
                .join();
        assertThat(ended.how()).isEqualTo(Ended.How.TIMED_OUT);
        assertThat(ended.problem()).startsWith("killed ").contains("sh (");
        List<String> all = Files.readAllLines(pids);
        assertThat(all).hasSize(3);
        assertThat(all).noneMatch(pid -> isAlive(Integer.parseInt(pid)));
        assertThat(ended.took()).isBetween(Duration.ofMillis(500), Duration.ofSeconds(5));
        group.ifPresent(present -> assertThat(present.remove()).isTrue());
    }

    @Test
    void whatEndsOnTermIsNotKilled() {
        Ended ended = run("trap 'echo cleaned; exit 0' TERM; while :; do sleep 0.02; done", Duration.ofMillis(200));
        assertThat(ended.how()).isEqualTo(Ended.How.TIMED_OUT);
        assertThat(ended.problem()).startsWith("ended ");
        assertThat(ended.output()).isEqualTo("cleaned\n");
    }

    @Test
    void aServiceOfAnEarlierRunSurvivesTheTimeoutOfALaterOne() throws IOException {
        Running start = start("setsid sleep 60 >/dev/null 2>&1 &", LONG);
        assertThat(start.ended().join().succeeded()).isTrue();
        assertThat(start.tree().processes()).hasSize(1);

        assertThat(run("sleep 60", Duration.ofMillis(100)).how()).isEqualTo(Ended.How.TIMED_OUT);
        assertThat(start.tree().processes()).hasSize(1);
        endAll(start);
    }

    @Test
    void cancelEndsTheTree() {
        Running running = start("sleep 60 & wait", LONG);
        running.cancel();
        assertThat(running.ended().join().how()).isEqualTo(Ended.How.CANCELLED);
        assertThat(running.tree().processes()).isEmpty();
    }

    @Test
    void closingEndsWhatRuns() {
        Running running = start("sleep 60", LONG);
        processes.close();
        assertThat(running.ended()).isCompletedWithValueMatching(ended -> ended.how() == Ended.How.CANCELLED);
        assertThat(running.tree().processes()).isEmpty();
    }

    @Test
    void twoHundredAtOnceAllEnd() {
        List<Running> all = new ArrayList<>();
        for (int index = 0; index < 200; index++) {
            all.add(start("sleep 0.2; exit " + index % 100, LONG));
        }
        for (int index = 0; index < 200; index++) {
            assertThat(all.get(index).ended().join().number()).isEqualTo(index % 100);
        }
    }

    @Test
    void theEndOfAProcessThatIsNoChildIsNoticedAtOnce() throws Exception {
        Assumptions.assumeTrue(Pidfd.supported(), "this kernel has no pidfd");
        Running start = start("setsid sleep 60 >/dev/null 2>&1 &", LONG);
        assertThat(start.ended().join().succeeded()).isTrue();
        int pid = start.tree().processes().iterator().next();
        var noticed = new CountDownLatch(1);
        assertThat(processes.watch(pid, noticed::countDown)).isPresent();
        assertThat(noticed.await(50, TimeUnit.MILLISECONDS)).isFalse();
        assertThat(Pidfd.signal(pid, 9)).isTrue();
        assertThat(noticed.await(100, TimeUnit.MILLISECONDS)).isTrue();
    }

    @Test
    void aWatchThatWasEndedDoesNotCallBack() throws Exception {
        Assumptions.assumeTrue(Pidfd.supported(), "this kernel has no pidfd");
        Running start = start("setsid sleep 60 >/dev/null 2>&1 &", LONG);
        assertThat(start.ended().join().succeeded()).isTrue();
        int pid = start.tree().processes().iterator().next();
        var noticed = new CountDownLatch(1);
        processes.watch(pid, noticed::countDown).orElseThrow().end();
        assertThat(Pidfd.signal(pid, 9)).isTrue();
        assertThat(noticed.await(100, TimeUnit.MILLISECONDS)).isFalse();
    }

    @Test
    void aProcessThatHasEndedCannotBeWatched() {
        Ended ended = run("echo $$", LONG);
        assertThat(processes.watch(Integer.parseInt(ended.output().strip()), () -> {}))
                .isEmpty();
    }

    private Ended run(String script, Duration timeout) {
        return start(script, timeout).ended().join();
    }

    private Running start(String script, Duration timeout) {
        return processes.start(program(List.of("/bin/sh", "-c", script), "", timeout, Optional.empty()));
    }

    private static Program program(List<String> command, String input, Duration timeout, Optional<ControlGroup> group) {
        SequencedMap<String, String> environment = new LinkedHashMap<>();
        environment.put("PATH", "/usr/bin:/bin");
        return new Program(command, environment, input, timeout, Duration.ofMillis(300), 4096, group);
    }

    private static void endAll(Running running) {
        running.tree()
                .processes()
                .forEach(pid -> assertThat(Pidfd.signal(pid, 9)).isTrue());
    }

    private static boolean isAlive(int pid) {
        return ProcessTable.parent(pid).isPresent();
    }
}
