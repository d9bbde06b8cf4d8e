package org.ringfence.guard.disk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.ringfence.model.sbd.SbdHeader;
import org.ringfence.model.sbd.SbdMessage;
import org.ringfence.model.sbd.SbdSector.Mail;

/** What the {@code sbd} tool writes we read, and the other way round, on loop devices of both sector sizes, one to three at a time. */
class SbdToolTest {
    private static final long SECONDS_MAX = 60;
    private static final SbdHeader.Timeouts QUICK = new SbdHeader.Timeouts(1, 0, 1, 2);

    private final List<Path> files = new ArrayList<>();
    private final List<String> devices = new ArrayList<>();
    /** The last of them. */
    private String device = "";

    @BeforeEach
    void needsRootAndTheTool() {
        Assumptions.assumeTrue(
                "root".equals(System.getProperty("user.name"))
                        && Files.isExecutable(Path.of("/usr/sbin/sbd"))
                        && Files.exists(Path.of("/dev/loop-control")),
                "needs root, loop devices and Debian's package sbd");
    }

    @AfterEach
    void remove() throws Exception {
        for (String attached : devices) {
            run("losetup", "-d", attached);
        }
        for (Path file : files) {
            Files.delete(file);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {512, 4_096})
    void whatTheToolHasMadeWeUse(int sectorSize) throws Exception {
        attach(sectorSize);
        sbd("-1", "1", "-4", "2", "-2", "1", "-3", "1", "create");
        sbd("allocate", "alpha");
        sbd("-n", "beta", "message", "alpha", "test");
        try (SbdDisk disk = SbdDisk.open(device)) {
            assertThat(disk.header().sectorSize()).isEqualTo(sectorSize);
            assertThat(disk.header().version()).isEqualTo("2.1");
            assertThat(disk.header().msgwait()).isEqualTo(2);
            assertThat(sbd("dump"))
                    .anyMatch(line -> line.endsWith(": " + disk.header().uuid()));
            assertThat(disk.slots()).containsExactly(new SbdDisk.Slot(0, "alpha", new Mail(SbdMessage.TEST, "beta")));
            for (SbdMessage message : List.of(
                    SbdMessage.RESET, SbdMessage.OFF, SbdMessage.CRASHDUMP, SbdMessage.EXIT, SbdMessage.CLEAR)) {
                sbd("-n", "beta", "message", "alpha", message.word());
                assertThat(disk.mail(0)).isEqualTo(new Mail(message, "beta"));
            }
            assertThat(disk.allocate("beta")).isEqualTo(1);
        }
        assertThat(sbd("list")).contains("1\tbeta\tclear\t");
    }

    @ParameterizedTest
    @ValueSource(ints = {512, 4_096})
    void whatWeHaveMadeTheToolUses(int sectorSize) throws Exception {
        attach(sectorSize);
        SbdHeader made = SbdDisk.create(device, QUICK, Optional.empty());
        assertThat(sbd("dump"))
                .contains(
                        "Header version     : 2.1",
                        "UUID               : " + made.uuid(),
                        "Number of slots    : 255",
                        "Sector size        : " + sectorSize,
                        "Timeout (watchdog) : 1",
                        "Timeout (msgwait)  : 2");
        try (SbdDisk disk = SbdDisk.open(device)) {
            disk.allocate("alpha");
            for (SbdMessage message : SbdMessage.values()) {
                disk.send(0, new Mail(message, "beta"));
                assertThat(sbd("list")).contains("0\talpha\t" + message.word() + "\tbeta");
            }
        }
        sbd("allocate", "gamma");
        try (SbdDisk disk = SbdDisk.open(device)) {
            assertThat(disk.slotOf("Gamma")).contains(1);
        }
    }

    @ParameterizedTest
    @CsvSource({"512, 2", "512, 3", "4096, 2", "4096, 3"})
    void severalDisksAtOnce(int sectorSize, int disks) throws Exception {
        for (int number = 0; number < disks; number++) {
            attach(sectorSize);
        }
        sbd("-1", "1", "-4", "2", "-2", "1", "-3", "1", "create");
        sbd("allocate", "alpha");
        for (SbdMessage message : SbdMessage.values()) {
            sbd("-n", "beta", "message", "alpha", message.word());
            for (String device : devices) {
                try (SbdDisk disk = SbdDisk.open(device)) {
                    assertThat(disk.header().sectorSize()).isEqualTo(sectorSize);
                    assertThat(disk.slots()).containsExactly(new SbdDisk.Slot(0, "alpha", new Mail(message, "beta")));
                }
            }
        }
        for (String device : devices) {
            SbdDisk.create(device, QUICK, Optional.empty());
            try (SbdDisk disk = SbdDisk.open(device)) {
                assertThat(disk.allocate("gamma")).isZero();
                disk.send(0, new Mail(SbdMessage.RESET, "alpha"));
            }
        }
        assertThat(sbd("list").stream().filter("0\tgamma\treset\talpha"::equals))
                .hasSize(disks);
        assertThat(sbd("dump").stream().filter(line -> line.equals("Sector size        : " + sectorSize)))
                .hasSize(disks);
    }

    /** One more device, of a file of its own. */
    private void attach(int sectorSize) throws Exception {
        Path file = Files.createTempFile(Files.createDirectories(Path.of("target", "disks")), "loop", "");
        files.add(file);
        try (var grown = new RandomAccessFile(file.toFile(), "rw")) {
            grown.setLength(4L << 20);
        }
        device = run("losetup", "-b", Integer.toString(sectorSize), "-f", "--show", file.toString())
                .getFirst();
        devices.add(device);
    }

    private List<String> sbd(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of("/usr/sbin/sbd"));
        devices.forEach(one -> command.addAll(List.of("-d", one)));
        command.addAll(List.of(arguments));
        return run(command.toArray(String[]::new));
    }

    private static List<String> run(String... command) throws Exception {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(SECONDS_MAX, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as("%s: %s", List.of(command), output).isZero();
        return output.lines().toList();
    }
}
