package org.ringfence.daemon.agents;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.ringfence.daemon.process.ControlGroups;
import org.ringfence.linux.Pidfd;
import org.ringfence.model.AgentName;

/** With control groups, and with nothing but pidfds and the mark in the environment. */
class ResourceWatchTest {
    /** What a death may take to be told, on a busy machine: this process must get a processor first. */
    private static final Duration SOON = Duration.ofMillis(500);

    private static final Duration QUIET = Duration.ofMillis(300);

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    private AgentBench bench(boolean withControlGroups) throws IOException {
        Assumptions.assumeTrue(Pidfd.supported(), "this kernel has no pidfd");
        Assumptions.assumeTrue(
                !withControlGroups || ControlGroups.below("test-probe").isPresent(), "no control groups here");
        var bench = new AgentBench(folder, withControlGroups);
        assertThat(bench.agents().watching())
                .isEqualTo(
                        withControlGroups
                                ? LocalResourceAgents.Watching.BY_CONTROL_GROUP
                                : LocalResourceAgents.Watching.BY_ENVIRONMENT);
        return bench;
    }

    /** A service that forks twice, as daemons do, and notes its number. */
    private AgentName daemon(AgentBench bench) {
        Path pid = folder.resolve("pid");
        return bench.ocf("daemon", """
            pid=%s
            case $1 in
            start) (setsid sh -c "echo \\$\\$ >$pid; exec sleep 600" </dev/null >/dev/null 2>&1 &)
                while [ ! -s $pid ]; do sleep 0.01; done ;;
            stop) kill $(cat $pid); while kill -0 $(cat $pid) 2>/dev/null; do sleep 0.01; done; rm $pid ;;
            demote) kill $(cat $pid); rm $pid; exec $0 start ;;
            monitor) kill -0 $(cat $pid) 2>/dev/null || exit 7 ;;
            esac
            exit 0
            """.formatted(pid));
    }

    private int pid() throws IOException {
        return Integer.parseInt(Files.readString(folder.resolve("pid")).strip());
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aProcessThatDiesIsToldAtOnce(boolean withControlGroups) throws Exception {
        try (AgentBench bench = bench(withControlGroups)) {
            AgentName agent = daemon(bench);
            assertThat(bench.run(agent, "start").exitCode()).isZero();
            assertThat(bench.run(agent, "monitor").exitCode()).isZero();
            assertThat(bench.agents().watchedProcesses("db")).isEqualTo(1);
            assertThat(bench.nextEnded(QUIET)).isNull();

            long killed = System.nanoTime();
            assertThat(Pidfd.signal(pid(), 9)).isTrue();
            assertThat(bench.nextEnded(SOON)).isEqualTo("db");
            System.out.printf("death told after %.1f ms%n", (System.nanoTime() - killed) / 1e6);
            assertThat(bench.nextEnded(QUIET)).as("told once").isNull();
            assertThat(bench.agents().watchedProcesses("db")).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void stoppingIsNotDying(boolean withControlGroups) throws Exception {
        try (AgentBench bench = bench(withControlGroups)) {
            AgentName agent = daemon(bench);
            assertThat(bench.run(agent, "start").exitCode()).isZero();
            assertThat(bench.run(agent, "stop").exitCode()).isZero();
            assertThat(bench.nextEnded(QUIET)).isNull();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aChangeThatReplacesTheProcessIsNotADeathButItsNewProcessIsWatched(boolean withControlGroups) throws Exception {
        try (AgentBench bench = bench(withControlGroups)) {
            AgentName agent = daemon(bench);
            assertThat(bench.run(agent, "start").exitCode()).isZero();
            assertThat(bench.run(agent, "demote").exitCode()).isZero();
            assertThat(bench.nextEnded(QUIET)).isNull();
            assertThat(Pidfd.signal(pid(), 9)).isTrue();
            assertThat(bench.nextEnded(SOON)).isEqualTo("db");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aMastersEndIsToldAlthoughItsWorkerLives(boolean withControlGroups) throws Exception {
        try (AgentBench bench = bench(withControlGroups)) {
            Path worker = folder.resolve("worker");
            AgentName agent = bench.ocf(
                    "prefork",
                    "pid=" + folder.resolve("pid") + "; [ $1 = start ] || exit 0; "
                            + "setsid sh -c 'sleep 600 & echo $! >" + worker + "; echo $$ >'$pid'; wait; sleep 600' "
                            + "</dev/null >/dev/null 2>&1 & while [ ! -s $pid ]; do sleep 0.01; done");
            assertThat(bench.run(agent, "start").exitCode()).isZero();
            assertThat(bench.nextEnded(QUIET)).isNull();
            int workerPid = Integer.parseInt(Files.readString(worker).strip());

            assertThat(Pidfd.signal(pid(), 9)).isTrue();
            assertThat(bench.nextEnded(SOON)).isEqualTo("db");
            assertThat(Pidfd.signal(workerPid, 9)).as("its worker lives").isTrue();
            assertThat(bench.nextEnded(SOON.plus(ResourceWatch.CALM)))
                    .as("the last of all")
                    .isEqualTo("db");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aWorkersEndIsItsMastersAffair(boolean withControlGroups) throws Exception {
        try (AgentBench bench = bench(withControlGroups)) {
            AgentName agent = bench.ocf(
                    "workers",
                    "pid=" + folder.resolve("pid") + "; [ $1 = start ] || exit 0; setsid sh -c 'echo $$ >'$pid'; while"
                            + " :; do sleep 0.05; done' </dev/null >/dev/null 2>&1 & while [ !"
                            + " -s $pid ]; do sleep 0.01; done");
            assertThat(bench.run(agent, "start").exitCode()).isZero();
            assertThat(bench.nextEnded(QUIET)).isNull();
            assertThat(Pidfd.signal(pid(), 9)).isTrue();
            assertThat(bench.nextEnded(SOON)).isEqualTo("db");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aResourceWithoutProcessesHasNothingToWatch(boolean withControlGroups) throws Exception {
        try (AgentBench bench = bench(withControlGroups)) {
            AgentName agent = bench.ocf("address", "exit 0");
            assertThat(bench.run(agent, "start").exitCode()).isZero();
            assertThat(bench.run(agent, "monitor").exitCode()).isZero();
            assertThat(bench.nextEnded(QUIET)).isNull();
            assertThat(bench.agents().watchedProcesses("db")).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void theServiceSurvivesAMonitorThatTimesOut(boolean withControlGroups) throws Exception {
        try (AgentBench bench = bench(withControlGroups)) {
            AgentName agent = bench.ocf(
                    "hangs",
                    "pid=" + folder.resolve("pid") + "; [ $1 = start ] || exec sleep 600; "
                            + "setsid sh -c 'echo $$ >'$pid'; exec sleep 600' </dev/null >/dev/null 2>&1 & "
                            + "while [ ! -s $pid ]; do sleep 0.01; done");
            assertThat(bench.run(agent, "start").exitCode()).isZero();
            assertThat(bench.run(bench.request(agent, "monitor", Duration.ofMillis(200)))
                            .took())
                    .isBetween(Duration.ofMillis(200), Duration.ofSeconds(3));
            assertThat(bench.nextEnded(QUIET)).isNull();
            assertThat(Pidfd.signal(pid(), 9)).as("it runs").isTrue();
            assertThat(bench.nextEnded(SOON)).isEqualTo("db");
        }
    }

    @Test
    void anotherLifeOfTheDaemonWatchesWhatAnEarlierOneStarted() throws Exception {
        try (AgentBench bench = bench(true)) {
            AgentName agent = daemon(bench);
            assertThat(bench.run(agent, "start").exitCode()).isZero();
            var second = new LocalResourceAgents(bench.settings(), bench.processes());
            var told = new CompletableFuture<String>();
            second.whenProcessesEnd(told::complete);
            var monitored = new CompletableFuture<Integer>();
            second.execute(bench.request(agent, "monitor"), result -> monitored.complete(result.exitCode()));
            assertThat(monitored.join()).isZero();
            assertThat(second.watchedProcesses("db")).isEqualTo(1);
            assertThat(Pidfd.signal(pid(), 9)).isTrue();
            assertThat(told).succeedsWithin(SOON).isEqualTo("db");
        }
    }
}
