package org.ringfence.guard.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.ringfence.guard.board.Board;
import org.ringfence.guard.board.GuardState;
import org.ringfence.guard.disk.SbdDisk;
import org.ringfence.guard.note.Note;
import org.ringfence.guard.settings.GuardSettings;
import org.ringfence.guard.watchdog.Reset;
import org.ringfence.guard.watchdog.SimulatedWatchdog;
import org.ringfence.model.sbd.SbdHeader;
import org.ringfence.model.sbd.SbdMessage;
import org.ringfence.model.sbd.SbdSector.Mail;
import org.ringfence.model.settings.SettingsLines;

/** Whole guards with a simulated watchdog, on disks that are files. */
class GuardTest {
    private static final SbdHeader.Timeouts QUICK = new SbdHeader.Timeouts(2, 0, 1, 5);
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final List<String> said = new CopyOnWriteArrayList<>();
    private final List<Thread> guards = new ArrayList<>();
    private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
    private Path folder = Path.of("");

    /** Beside the classes rather than in a temporary folder, which may lie in memory and take no direct writes. */
    @BeforeEach
    void make() throws IOException {
        folder = Files.createTempDirectory(Files.createDirectories(Path.of("target", "guards")), "guard");
    }

    @AfterEach
    void end() throws Exception {
        guards.forEach(Thread::interrupt);
        for (Thread guard : guards) {
            guard.join();
        }
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }

    private String disk(String name) throws Exception {
        Path file = folder.resolve(name);
        try (var grown = new RandomAccessFile(file.toFile(), "rw")) {
            grown.setLength(1 << 20);
        }
        SbdDisk.create(file.toString(), QUICK, Optional.empty());
        return file.toString();
    }

    private void send(String disk, SbdMessage message) throws Exception {
        try (SbdDisk open = SbdDisk.open(disk)) {
            open.send(open.allocate("n1"), new Mail(message, "n2"));
        }
    }

    private SbdMessage inbox(String disk) {
        try (SbdDisk open = SbdDisk.open(disk)) {
            return open.mail(open.slotOf("n1").orElseThrow()).message();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private String sender(String disk) throws Exception {
        try (SbdDisk open = SbdDisk.open(disk)) {
            return open.mail(open.slotOf("n1").orElseThrow()).from();
        }
    }

    private GuardSettings settings(String... lines) throws Exception {
        var all = new ArrayList<>(List.of(
                "node = n1",
                "state = " + folder.resolve("state"),
                "socket = " + folder.resolve("run/socket"),
                "watchdog = simulated:" + folder.resolve("watchdog")));
        all.addAll(List.of(lines));
        return GuardSettings.of(SettingsLines.read("conf", all, _ -> true, "")).orElseThrow();
    }

    private Board start(String... lines) throws Exception {
        Board board = begin(lines);
        await(() -> board.state() == GuardState.FEEDING || failure.get() != null);
        return board;
    }

    private Board begin(String... lines) throws Exception {
        GuardSettings settings = settings(lines);
        var guard = new Guard(settings, new HostWatchdogs(settings, false), said::add);
        Thread thread = new Thread(() -> {
            try {
                guard.run();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (Exception e) {
                failure.set(e);
            }
        });
        guards.add(thread);
        thread.start();
        return Board.open(settings.runFolder());
    }

    private void await(BooleanSupplier what) throws InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!what.getAsBoolean()) {
            assertThat(System.nanoTime()).as(() -> "in time; it said " + said).isLessThan(end);
            Thread.sleep(10);
        }
    }

    private SimulatedWatchdog.Fired fired() throws Exception {
        SimulatedWatchdog.Box box = SimulatedWatchdog.Box.open(folder.resolve("watchdog"));
        await(() -> box.fired(System.nanoTime()).isPresent());
        return box.fired(System.nanoTime()).orElseThrow();
    }

    @Test
    void aTestIsClearedAndAResetIsCarriedOutWithANote() throws Exception {
        String disk = disk("disk");
        start("sbd-devices = " + disk);
        send(disk, SbdMessage.TEST);
        await(() -> inbox(disk) == SbdMessage.CLEAR);
        assertThat(sender(disk)).as("in the name of who has sent the test").isEqualTo("n2");
        send(disk, SbdMessage.RESET);
        assertThat(fired()).isEqualTo(new SimulatedWatchdog.Fired(Reset.Kind.RESET, false));
        Note note = Note.read(folder.resolve("state/guard-note")).orElseThrow();
        assertThat(note.why()).isEqualTo("reset was asked for by n2 on " + disk);
        assertThat(note.how()).isEqualTo("reset");
        assertThat(note.seen()).contains("reset from n2");
    }

    /** A daemon has something running here, and the guard before this one is gone. */
    private Board bound(long lastSign, String... lines) throws Exception {
        Board board = Board.open(settings(lines).runFolder());
        board.lease(lastSign);
        board.beat(lastSign, 0);
        return board;
    }

    @Test
    void aMessageThatCameWhileNoGuardWasThereIsObeyedWhereSomethingRuns() throws Exception {
        String disk = disk("disk");
        send(disk, SbdMessage.RESET);
        bound(System.nanoTime(), "sbd-devices = " + disk);
        begin("sbd-devices = " + disk);
        assertThat(fired()).isEqualTo(new SimulatedWatchdog.Fired(Reset.Kind.RESET, false));
    }

    @Test
    void aGuardThatFollowsAnotherDoesNotOpenTheWatchdogForANodeThatIsNotHeard() throws Exception {
        Board board = bound(System.nanoTime() - Duration.ofHours(1).toNanos());
        begin();
        await(() -> said.stream().anyMatch(line -> line.startsWith("does not arm the watchdog")));
        assertThat(board.state()).isEqualTo(GuardState.STARTING);
        bound(System.nanoTime());
        await(() -> board.state() == GuardState.FEEDING);
    }

    @Test
    void aGuardThatFollowsAnotherKeepsWhatThatHasPromised() throws Exception {
        bound(System.nanoTime());
        Board.open(settings().runFolder()).armed("softdog", 5_000, 3_000, 0, 0, 0, 1);
        Board board = start("watchdog-timeout = 9s", "guard-hold = 8s");
        assertThat(board.watchdogMillis()).isEqualTo(5_000);
        assertThat(board.holdMillis()).isEqualTo(3_000);
        assertThat(said).anyMatch(line -> line.startsWith("goes by the times that a guard before it has promised"));
    }

    @Test
    void whereNothingRunsNothingWasPromised() throws Exception {
        Board.open(settings().runFolder()).armed("softdog", 5_000, 3_000, 0, 0, 0, 1);
        Board board = start("watchdog-timeout = 9s", "guard-hold = 8s");
        assertThat(board.watchdogMillis()).isEqualTo(9_000);
        assertThat(board.holdMillis()).isEqualTo(8_000);
    }

    @Test
    void itTellsHowOftenItReadsAndHowLongThatTakes() throws Exception {
        Board board = start("sbd-devices = " + disk("disk"));
        await(() -> board.loopMillis() == 1_000);
        assertThat(board.slowestReadMillis()).isBetween(0L, PATIENCE.toMillis());
    }

    @Test
    void offAndCrashdumpAreWhatTheySay() throws Exception {
        String disk = disk("disk");
        start("sbd-devices = " + disk);
        send(disk, SbdMessage.OFF);
        assertThat(fired().kind()).isEqualTo(Reset.Kind.OFF);
    }

    @Test
    void exitEndsItAndDisarms() throws Exception {
        String disk = disk("disk");
        Board board = start("sbd-devices = " + disk);
        send(disk, SbdMessage.EXIT);
        await(() -> board.state() == GuardState.ENDED);
        guards.getFirst().join();
        assertThat(inbox(disk)).isEqualTo(SbdMessage.CLEAR);
        Thread.sleep(2_500);
        assertThat(SimulatedWatchdog.Box.open(folder.resolve("watchdog")).fired(System.nanoTime()))
                .isEmpty();
    }

    @Test
    void aDaemonThatFallsSilentEndsTheHostWithinTheBound() throws Exception {
        Board board = start("watchdog-timeout = 2s", "guard-hold = 1s");
        long last = System.nanoTime();
        board.lease(last);
        board.beat(last, 0);
        fired();
        assertThat(Duration.ofNanos(System.nanoTime() - last))
                .isBetween(Duration.ofSeconds(1), Duration.ofMillis(3_200));
        await(() -> Files.exists(folder.resolve("state/guard-note")));
        assertThat(Note.read(folder.resolve("state/guard-note")).orElseThrow().why())
                .contains("the daemon is silent");
    }

    @Test
    void startModeCleanRefusesWhileAMessageLiesThere() throws Exception {
        String disk = disk("disk");
        send(disk, SbdMessage.RESET);
        start("sbd-devices = " + disk, "guard-start = clean");
        assertThat(failure.get())
                .isInstanceOf(Guard.RefusedException.class)
                .hasMessageContaining("reset from n2")
                .hasMessageContaining("message n1 clear");
        failure.set(null);
        start("sbd-devices = " + disk, "guard-start = always");
        assertThat(failure.get()).isNull();
        assertThat(inbox(disk)).as("it was meant for the former life").isEqualTo(SbdMessage.CLEAR);
    }

    @Test
    void oneOfThreeDisksMayBeMissingAndTwoMayNot() throws Exception {
        String first = disk("first");
        String second = disk("second");
        Board board = start("sbd-devices = " + first + ";" + second + ";" + folder.resolve("nowhere"));
        assertThat(board.fresh()).isEqualTo(3);
        long now = System.nanoTime();
        board.beat(now, 0);
        SimulatedWatchdog.Box box = SimulatedWatchdog.Box.open(folder.resolve("watchdog"));
        Files.write(Path.of(second), new byte[512]);
        await(() -> {
            board.beat(System.nanoTime(), 0);
            return board.state() == GuardState.STARVING
                    || box.fired(System.nanoTime()).isPresent();
        });
        // The state is shown first, and said by another thread.
        await(() -> said.stream().anyMatch(line -> line.contains("too few of the disks can be read")));
    }
}
