package org.ringfence.daemon.guard;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ringfence.controller.request.Answer;
import org.ringfence.controller.request.Request;
import org.ringfence.guard.board.Board;
import org.ringfence.guard.board.GuardState;
import org.ringfence.guard.board.Slowest;
import org.ringfence.guard.probe.ProbeFile;
import org.ringfence.guard.settings.GuardSettings;
import org.ringfence.model.settings.SettingsLines;
import org.ringfence.model.watchdog.WatchdogFact;
import org.ringfence.model.watchdog.WatchdogQuality;
import org.ringfence.model.watchdog.WatchdogRange;

class ClockworkReportTest {
    @TempDir
    Path state;

    private final List<Request> asked = new ArrayList<>();

    @Test
    void whereThereIsNothingToTellNobodyIsAsked() throws InterruptedException {
        assertThat(report().tellWhatIsNew()).isZero();
        assertThat(asked).isEmpty();
    }

    @Test
    void whileThisNodeIsInNoViewNothingIsTold() throws InterruptedException {
        var one = new TreeMap<String, String>();
        one.put("#pause", "100ms");
        assertThat(new ClockworkReport(() -> one, "n1", this::ask).tellWhatIsNew())
                .isZero();
        assertThat(asked).containsExactly(new Request.Status());
    }

    @Test
    void itTellsOfTheWatchdogTheSharedDisksAndPauses() throws Exception {
        ProbeFile.write(
                state,
                new WatchdogFact(Optional.of(new WatchdogRange(1, 2_046, 1)), WatchdogQuality.VIRTUAL, "i6300esb"));
        GuardSettings settings = GuardSettings.of(SettingsLines.read(
                        "conf",
                        List.of(
                                "node = n1",
                                "sbd-devices = /dev/a",
                                "state = " + state,
                                "socket = " + state + "/run/s"),
                        _ -> true,
                        ""))
                .orElseThrow();
        GuardLink link = GuardLink.open(settings);
        var clockwork = new Clockwork(state, Optional.of(link));
        assertThat(clockwork.values()).as("a silent guard").doesNotContainKeys("#sbd-loop", "#sbd-latency");
        Board guard = Board.open(state.resolve("run"));
        guard.armed("softdog", 5_000, 3_000, 1, 10_000, 0, 1);
        guard.reads(1_000, 1_730);
        guard.guard(System.nanoTime(), GuardState.FEEDING, 1);
        assertThat(clockwork.values())
                .containsEntry("#watchdog", "1-2046 virtual i6300esb")
                .containsEntry("#sbd-loop", "1000ms")
                .containsEntry("#sbd-latency", "1800ms")
                .containsEntry("#pause", "100ms");
    }

    @Test
    void theSlowestIsForgottenAfterAWhile() {
        long minute = 60_000_000_000L;
        var slowest = new Slowest(0);
        slowest.add(minute, 7);
        slowest.add(2 * minute, 3);
        assertThat(slowest.nanos()).isEqualTo(7);
        slowest.add(6 * minute, 2);
        assertThat(slowest.nanos()).as("still lately").isEqualTo(7);
        slowest.add(11 * minute, 1);
        assertThat(slowest.nanos()).isEqualTo(2);
        slowest.add(60 * minute, 1);
        assertThat(slowest.nanos())
                .as("after a long time in which nothing was measured")
                .isEqualTo(1);
    }

    private CompletableFuture<Answer> ask(Request request) {
        asked.add(request);
        return CompletableFuture.completedFuture(new Answer.NotDone("not now", List.of()));
    }

    private ClockworkReport report() {
        return new ClockworkReport(TreeMap::new, "n1", this::ask);
    }
}
