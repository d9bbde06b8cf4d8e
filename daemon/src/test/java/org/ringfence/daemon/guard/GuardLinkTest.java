package org.ringfence.daemon.guard;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ringfence.controller.port.ResourceAgents;
import org.ringfence.controller.selffencing.GuardPromise;
import org.ringfence.controller.selffencing.GuardRule;
import org.ringfence.guard.board.Board;
import org.ringfence.guard.board.Boot;
import org.ringfence.guard.board.GuardState;
import org.ringfence.guard.note.Note;
import org.ringfence.guard.settings.GuardSettings;
import org.ringfence.model.AgentName;
import org.ringfence.model.settings.SettingsLines;
import org.ringfence.model.status.ExecutionStatus;

class GuardLinkTest {
    @TempDir
    Path folder = Path.of("");

    private GuardSettings settings() throws Exception {
        return GuardSettings.of(SettingsLines.read(
                        "conf",
                        List.of(
                                "node = n1",
                                "sbd-devices = /dev/a;/dev/b",
                                "state = " + folder.resolve("state"),
                                "socket = " + folder.resolve("run/socket")),
                        _ -> true,
                        ""))
                .orElseThrow();
    }

    @Test
    void nothingIsPromisedUntilTheGuardIsArmedAndSpeaks() throws Exception {
        GuardLink link = GuardLink.open(settings());
        assertThat(link.isArmed()).isFalse();
        assertThat(link.promise()).isEmpty();
        assertThat(link.boundBefore()).isFalse();
        assertThat(link.problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.remedy()).contains("ringfence guard"));
        Board guard = Board.open(folder.resolve("run"));
        guard.armed("softdog", 5_000, 3_000, 2, 10_000, Board.REAL_TIME | Board.LOCKED, 1);
        guard.guard(System.nanoTime(), GuardState.FEEDING, 3);
        assertThat(link.promise())
                .contains(new GuardPromise(Duration.ofSeconds(3), Duration.ofSeconds(5), 2, Duration.ofSeconds(10)));
        assertThat(link.problems()).isEmpty();
        assertThat(link.text()).contains("softdog, 5 s").contains("2 of 2 disks");
        guard.guard(System.nanoTime() - Duration.ofSeconds(3).toNanos(), GuardState.FEEDING, 3);
        assertThat(link.promise()).as("it is silent").isEmpty();
        guard.guard(System.nanoTime(), GuardState.FEEDING, 1);
        assertThat(link.problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.text()).contains("/dev/b"));
    }

    @Test
    void withoutAWatchdogNothingIsPromisedAndThatIsSaidLoudly() throws Exception {
        GuardLink link = GuardLink.open(settings());
        Board guard = Board.open(folder.resolve("run"));
        guard.armed("none", 0, 3_000, 2, 10_000, Board.WITHOUT_WATCHDOG | Board.REAL_TIME | Board.LOCKED, 1);
        guard.guard(System.nanoTime(), GuardState.FEEDING, 3);
        assertThat(link.isArmed()).isTrue();
        assertThat(link.promise()).isEmpty();
        assertThat(link.text()).contains("NO WATCHDOG");
        assertThat(link.problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.text()).contains("WITHOUT A WATCHDOG"));
    }

    @Test
    void beatsAndLeaseReachTheGuardAndTheNextDaemon() throws Exception {
        GuardLink link = GuardLink.open(settings());
        link.beat(true, Optional.of(42L));
        Board guard = Board.open(folder.resolve("run"));
        assertThat(guard.lease()).isEqualTo(42);
        assertThat(guard.flags()).isZero();
        assertThat(guard.beat()).isNotEqualTo(GuardRule.NEVER);
        assertThat(GuardLink.open(settings()).boundBefore()).isTrue();
        link.beat(false, Optional.empty());
        assertThat(guard.lease()).as("as it was").isEqualTo(42);
        assertThat(GuardLink.open(settings()).boundBefore()).isFalse();
    }

    @Test
    void aNoteOfAnEarlierBootIsNewOnceAndKept() throws Exception {
        var note = new Note(Instant.parse("2026-03-01T10:00:00Z"), "an earlier boot", "no quorum", "reset", "nothing");
        note.write(settings().note());
        GuardLink link = GuardLink.open(settings());
        assertThat(link.lastReset()).contains(note);
        assertThat(link.resetIsNew()).isTrue();
        GuardLink again = GuardLink.open(settings());
        assertThat(again.lastReset()).contains(note);
        assertThat(again.resetIsNew()).isFalse();
    }

    @Test
    void aNoteOfThisBootIsTheGuardsOwnBusiness() throws Exception {
        new Note(Instant.EPOCH, Boot.identity(), "starving", "watchdog", "")
                .write(settings().note());
        GuardLink link = GuardLink.open(settings());
        assertThat(link.lastReset()).isEmpty();
        assertThat(settings().note()).exists();
    }

    @Test
    void nothingIsStartedWhileTheGuardIsNotArmed() {
        var armed = new AtomicBoolean();
        List<String> run = new ArrayList<>();
        var agents = new GuardedAgents(new Recording(run), armed::get);
        List<ResourceAgents.Result> results = new ArrayList<>();
        agents.execute(request("start", "ocf"), results::add);
        agents.execute(request("promote", "ocf"), results::add);
        assertThat(run).isEmpty();
        assertThat(results).hasSize(2).allSatisfy(result -> {
            assertThat(result.status()).isEqualTo(ExecutionStatus.ERROR);
            assertThat(result.reason()).contains("ringfence guard");
        });
        agents.execute(request("stop", "ocf"), results::add);
        agents.execute(request("monitor", "ocf"), results::add);
        agents.execute(request("start", "stonith"), results::add);
        armed.set(true);
        agents.execute(request("start", "ocf"), results::add);
        assertThat(run).containsExactly("stop", "monitor", "start", "start");
    }

    private static ResourceAgents.Request request(String operation, String standard) {
        return new ResourceAgents.Request(
                1,
                "db",
                new AgentName(standard, standard.equals("ocf") ? "demo" : "", "service"),
                operation,
                new LinkedHashMap<>(),
                new LinkedHashMap<>(),
                Duration.ZERO,
                Duration.ofSeconds(20));
    }

    private record Recording(List<String> run) implements ResourceAgents {
        @Override
        public void execute(Request request, Consumer<Result> whenDone) {
            run.add(request.operation());
        }

        @Override
        public void cancel(long token) {}

        @Override
        public void whenProcessesEnd(Consumer<String> resource) {}
    }
}
