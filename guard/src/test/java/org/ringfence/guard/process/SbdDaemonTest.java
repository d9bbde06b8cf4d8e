package org.ringfence.guard.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.ringfence.guard.disk.DiskException;
import org.ringfence.guard.disk.SbdDisk;
import org.ringfence.guard.settings.GuardSettings;
import org.ringfence.guard.watchdog.Reset;
import org.ringfence.guard.watchdog.SimulatedWatchdog;
import org.ringfence.model.sbd.SbdMessage;
import org.ringfence.model.sbd.SbdSector.Mail;
import org.ringfence.model.settings.SettingsLines;

/**
 * Debian's {@code sbd} and the guard on one loop device: each stops a node that the other watches. The daemon {@code sbd} runs where it
 * can end nothing but itself: in a PID namespace, without the right to reboot, with the kernel's triggers covered by plain files.
 */
class SbdDaemonTest {
    private static final long PATIENCE_SECONDS = 60;

    private static final String CAGE = """
        mount --make-rprivate / || exit 9
        for trigger in /proc/sysrq-trigger /proc/sys/kernel/sysrq; do
            if [ -e $trigger ]; then
                mount --bind "$1" $trigger || exit 9
                [ "$(stat -c %d:%i $trigger)" = "$(stat -c %d:%i "$1")" ] || exit 9
            fi
        done
        exec setpriv --bounding-set=-sys_boot --inh-caps=-sys_boot sbd -d "$2" -w /dev/null -n n2 -S 0 watch
        """;

    private Path folder = Path.of("");
    private String device = "";

    @BeforeEach
    void needsRootAndTheTool() throws Exception {
        Assumptions.assumeTrue(
                "root".equals(System.getProperty("user.name"))
                        && Files.isExecutable(Path.of("/usr/sbin/sbd"))
                        && Files.isExecutable(Path.of("/usr/bin/setpriv"))
                        && Files.exists(Path.of("/dev/loop-control")),
                "needs root, loop devices, setpriv and Debian's package sbd");
        folder = Files.createTempDirectory(Files.createDirectories(Path.of("target", "guards")), "sbd");
        Path disk = folder.resolve("disk");
        try (var grown = new RandomAccessFile(disk.toFile(), "rw")) {
            grown.setLength(4L << 20);
        }
        device = run("losetup", "-f", "--show", disk.toString()).strip();
        run("sbd", "-d", device, "-1", "2", "-4", "5", "-2", "1", "-3", "1", "create");
    }

    @AfterEach
    void remove() throws Exception {
        if (!device.isEmpty()) {
            run("losetup", "-d", device);
            try (Stream<Path> all = Files.walk(folder)) {
                for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            }
        }
    }

    private static String run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        return said;
    }

    private static void await(BooleanSupplier what) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!what.getAsBoolean()) {
            assertThat(System.nanoTime()).as("in time").isLessThan(end);
            Thread.sleep(20);
        }
    }

    private boolean isCleared() {
        try (SbdDisk disk = SbdDisk.open(device)) {
            return disk.slots().stream()
                    .anyMatch(slot -> slot.node().equals("n2") && slot.mail().message() == SbdMessage.CLEAR);
        } catch (DiskException e) {
            throw new AssertionError(e);
        }
    }

    private void send(SbdMessage message) throws Exception {
        try (SbdDisk disk = SbdDisk.open(device)) {
            disk.send(disk.slotOf("n2").orElseThrow(), new Mail(message, "n1"));
        }
    }

    @Test
    void theDaemonOfTheToolObeysWhatWeWrite() throws Exception {
        Path cover = Files.createFile(folder.resolve("cover"));
        var builder = new ProcessBuilder(
                "unshare",
                "--mount",
                "--pid",
                "--fork",
                "--kill-child",
                "--mount-proc",
                "sh",
                "-c",
                CAGE,
                "cage",
                cover.toString(),
                device);
        builder.environment().put("SBD_PACEMAKER", "no");
        builder.environment().put("SBD_SYNC_RESOURCE_STARTUP", "no");
        builder.redirectErrorStream(true)
                .redirectOutput(folder.resolve("sbd.log").toFile());
        Process sbd = builder.start();
        try {
            await(() -> isCleared() || !sbd.isAlive());
            assertThat(sbd.isAlive())
                    .as(Files.readString(folder.resolve("sbd.log")))
                    .isTrue();
            send(SbdMessage.TEST);
            await(this::isCleared);
            send(SbdMessage.RESET);
            assertThat(sbd.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS))
                    .as("it acts on reset")
                    .isTrue();
        } finally {
            sbd.destroyForcibly().waitFor();
        }
    }

    @Test
    void aGuardObeysWhatTheToolWrites() throws Exception {
        List<String> lines = new ArrayList<>(List.of(
                "node = n2",
                "state = " + folder.resolve("state"),
                "socket = " + folder.resolve("run/socket"),
                "sbd-devices = " + device,
                "watchdog = simulated:" + folder.resolve("watchdog")));
        GuardSettings settings = GuardSettings.of(SettingsLines.read("conf", lines, _ -> true, ""))
                .orElseThrow();
        var guard = new Guard(settings, new HostWatchdogs(settings, false), _ -> {});
        Thread thread = new Thread(() -> {
            try {
                guard.run();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        });
        thread.start();
        try {
            await(() -> Files.exists(folder.resolve("watchdog")));
            // The tool waits for msgwait, and fails when it cannot write.
            run("sbd", "-d", device, "message", "n2", "test");
            assertThat(isCleared()).isTrue();
            SimulatedWatchdog.Box box = SimulatedWatchdog.Box.open(folder.resolve("watchdog"));
            run("sbd", "-d", device, "message", "n2", "off");
            assertThat(box.fired(System.nanoTime())).contains(new SimulatedWatchdog.Fired(Reset.Kind.OFF, false));
            assertThat(folder.resolve("state/guard-note")).content().contains("off was asked for by");
        } finally {
            thread.interrupt();
            thread.join();
        }
    }
}
