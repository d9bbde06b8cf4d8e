package org.ringfence.daemon.sbd;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.ringfence.controller.port.FenceAgents;
import org.ringfence.guard.disk.DiskException;
import org.ringfence.guard.disk.SbdDisk;
import org.ringfence.model.sbd.SbdHeader;
import org.ringfence.model.sbd.SbdMessage;
import org.ringfence.model.sbd.SbdSector.Mail;

/** On disks that are files. */
class SbdFenceAgentsTest {
    /** Within this a sender has read back what it wrote; what is written over before that counts as lost by the disk. */
    private static final long READ_BACK_MILLIS = 500;

    private static final int MSGWAIT = 3;
    private static final SbdHeader.Timeouts QUICK = new SbdHeader.Timeouts(1, 0, 1, MSGWAIT);
    private static final Duration PLENTY = Duration.ofSeconds(60);

    private final List<FenceAgents.Request> toPrograms = new ArrayList<>();
    private Path folder = Path.of("");

    /** Beside the classes rather than in a temporary folder, which may lie in memory and take no direct writes. */
    @BeforeEach
    void make() throws IOException {
        folder = Files.createTempDirectory(Files.createDirectories(Path.of("target", "disks")), "sbd");
    }

    @AfterEach
    void remove() throws IOException {
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
        try (SbdDisk disk = SbdDisk.open(file.toString())) {
            disk.allocate("n2");
        }
        return file.toString();
    }

    private static SbdMessage inbox(String disk) throws Exception {
        try (SbdDisk open = SbdDisk.open(disk)) {
            return open.mail(open.slotOf("n2").orElseThrow()).message();
        }
    }

    private FenceAgents.Result ask(String agent, String action, String devices, Duration timeout) throws Exception {
        var parameters = new LinkedHashMap<String, String>();
        parameters.put("devices", devices);
        parameters.put("plug", "n2");
        var agents = new SbdFenceAgents(
                (request, whenDone) -> {
                    toPrograms.add(request);
                    whenDone.accept(new FenceAgents.Result(request.token(), true, 0, List.of(), "", Duration.ZERO));
                },
                name -> name.equals("fence_sbd"),
                List.of(),
                "n1");
        var answer = new CompletableFuture<FenceAgents.Result>();
        agents.execute(new FenceAgents.Request(7, agent, action, parameters, timeout), answer::complete);
        return answer.get(2, TimeUnit.MINUTES);
    }

    @Test
    void aMessageIsWrittenAndMsgwaitIsWaitedFromThenOn() throws Exception {
        String disk = disk("disk");
        long began = System.nanoTime();
        FenceAgents.Result result = ask("ringfence_sbd", "reboot", disk, PLENTY);
        Duration took = Duration.ofNanos(System.nanoTime() - began);
        assertThat(result.succeeded()).isTrue();
        assertThat(inbox(disk)).isEqualTo(SbdMessage.RESET);
        assertThat(took).isGreaterThanOrEqualTo(Duration.ofSeconds(MSGWAIT));
        assertThat(result.took()).isGreaterThanOrEqualTo(Duration.ofSeconds(MSGWAIT));
        assertThat(result.reason()).contains("written to 1 of 1 disks at").contains("msgwait 3 s");
        assertThat(ask("ringfence_sbd", "on", disk, PLENTY).succeeded()).isTrue();
        assertThat(inbox(disk)).isEqualTo(SbdMessage.CLEAR);
    }

    @Test
    void twoOfThreeDisksAreEnough() throws Exception {
        String first = disk("first");
        String second = disk("second");
        FenceAgents.Result result =
                ask("ringfence_sbd", "off", first + ";" + second + ";" + folder.resolve("nowhere"), PLENTY);
        assertThat(result.succeeded()).isTrue();
        assertThat(result.reason()).contains("2 of 3 disks");
        assertThat(inbox(first)).isEqualTo(SbdMessage.OFF);
        assertThat(inbox(second)).isEqualTo(SbdMessage.OFF);
    }

    @Test
    void withoutAMajorityItFailsAtOnce() throws Exception {
        long began = System.nanoTime();
        FenceAgents.Result result =
                ask("ringfence_sbd", "reboot", disk("disk") + ";" + folder.resolve("nowhere"), PLENTY);
        assertThat(result.succeeded()).isFalse();
        assertThat(result.reason()).contains("of 2 disks, 2 are needed").contains("nowhere");
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(MSGWAIT));
    }

    @Test
    void aTimeoutThatIsTooShortIsRefusedBeforeAnythingIsWritten() throws Exception {
        String disk = disk("disk");
        FenceAgents.Result result = ask("ringfence_sbd", "reboot", disk, Duration.ofSeconds(MSGWAIT));
        assertThat(result.succeeded()).isFalse();
        assertThat(result.reason()).contains("nothing was written").contains("pcmk_reboot_timeout");
        assertThat(inbox(disk)).isEqualTo(SbdMessage.CLEAR);
    }

    @Test
    void aNodeWithoutASlotCannotBeFenced() throws Exception {
        Path file = folder.resolve("fresh");
        try (var grown = new RandomAccessFile(file.toFile(), "rw")) {
            grown.setLength(1 << 20);
        }
        SbdDisk.create(file.toString(), QUICK, Optional.empty());
        FenceAgents.Result result = ask("ringfence_sbd", "reboot", file.toString(), PLENTY);
        assertThat(result.succeeded()).isFalse();
        assertThat(result.reason()).contains("n2 has no slot");
    }

    /** As a guard does, until it is interrupted; what it has read. */
    private Thread reader(String disk, List<SbdMessage> read) {
        return Thread.ofPlatform().start(() -> {
            try (SbdDisk open = SbdDisk.open(disk)) {
                int slot = open.slotOf("n2").orElseThrow();
                while (true) {
                    Mail mail = open.mail(slot);
                    if (mail.message() == SbdMessage.TEST) {
                        read.add(mail.message());
                        Thread.sleep(READ_BACK_MILLIS);
                        open.send(slot, new Mail(SbdMessage.CLEAR, mail.from()));
                    }
                    Thread.sleep(50);
                }
            } catch (DiskException e) {
                throw new AssertionError(e);
            } catch (InterruptedException over) {
                Thread.currentThread().interrupt();
            }
        });
    }

    @Test
    void aTestIsProvenByWhoClearsIt() throws Exception {
        String disk = disk("disk");
        List<SbdMessage> read = new CopyOnWriteArrayList<>();
        Thread reader = reader(disk, read);
        try {
            FenceAgents.Result result = ask("ringfence_sbd", "test", disk, PLENTY);
            assertThat(result.reason()).contains("cleared a test message");
            assertThat(result.succeeded()).isTrue();
            assertThat(read).containsExactly(SbdMessage.TEST);
        } finally {
            reader.interrupt();
            reader.join();
        }
        FenceAgents.Result silent = ask("ringfence_sbd", "test", disk, Duration.ofSeconds(1));
        assertThat(silent.succeeded()).isFalse();
    }

    @Test
    void aTestIsNotWrittenOverAMessageThatStops() throws Exception {
        String disk = disk("disk");
        try (SbdDisk open = SbdDisk.open(disk)) {
            open.send(open.slotOf("n2").orElseThrow(), new Mail(SbdMessage.RESET, "n3"));
        }
        FenceAgents.Result result = ask("ringfence_sbd", "test", disk, PLENTY);
        assertThat(result.succeeded()).isFalse();
        assertThat(result.reason()).contains("the slot holds reset of n3");
        assertThat(inbox(disk)).isEqualTo(SbdMessage.RESET);
    }

    @Test
    void aMessageThatATestHasWrittenOverDoesNotCount() throws Exception {
        String disk = disk("disk");
        Thread reader = reader(disk, new CopyOnWriteArrayList<>());
        Thread other = Thread.ofPlatform().start(() -> {
            try (SbdDisk open = SbdDisk.open(disk)) {
                int slot = open.slotOf("n2").orElseThrow();
                while (open.mail(slot).message() != SbdMessage.RESET) {
                    Thread.sleep(20);
                }
                Thread.sleep(READ_BACK_MILLIS);
                open.send(slot, new Mail(SbdMessage.TEST, "n3"));
            } catch (DiskException e) {
                throw new AssertionError(e);
            } catch (InterruptedException over) {
                Thread.currentThread().interrupt();
            }
        });
        try {
            FenceAgents.Result result = ask("ringfence_sbd", "reboot", disk, PLENTY);
            assertThat(result.succeeded()).isFalse();
            assertThat(result.reason()).contains("reset was written over").contains("clear of n3");
        } finally {
            reader.interrupt();
            reader.join();
            other.join();
        }
    }

    @Test
    void whoHasStartedAnewHasReadIt() throws Exception {
        String disk = disk("disk");
        Thread other = Thread.ofPlatform().start(() -> {
            try (SbdDisk open = SbdDisk.open(disk)) {
                int slot = open.slotOf("n2").orElseThrow();
                while (open.mail(slot).message() != SbdMessage.RESET) {
                    Thread.sleep(20);
                }
                Thread.sleep(READ_BACK_MILLIS);
                open.send(slot, new Mail(SbdMessage.CLEAR, "n2"));
            } catch (DiskException e) {
                throw new AssertionError(e);
            } catch (InterruptedException over) {
                Thread.currentThread().interrupt();
            }
        });
        assertThat(ask("ringfence_sbd", "reboot", disk, PLENTY).succeeded()).isTrue();
        other.join();
    }

    @Test
    void itListsTheNodesThatHaveSlotsAndDescribesItself() throws Exception {
        String disk = disk("disk");
        assertThat(ask("external/sbd", "list", disk, PLENTY).output()).containsExactly("n2");
        assertThat(ask("ringfence_sbd", "monitor", disk, PLENTY).succeeded()).isTrue();
        assertThat(ask("ringfence_sbd", "monitor", folder.resolve("nowhere").toString(), PLENTY)
                        .succeeded())
                .isFalse();
        assertThat(String.join(
                        "\n", ask("ringfence_sbd", "metadata", disk, PLENTY).output()))
                .contains("action name=\"reboot\"")
                .contains("parameter name=\"plug\"");
        assertThat(toPrograms).isEmpty();
    }

    @Test
    void aProgramOfThatNameIsLeftToItself() throws Exception {
        assertThat(ask("fence_sbd", "reboot", "", PLENTY).succeeded()).isTrue();
        assertThat(toPrograms).hasSize(1);
        assertThat(SbdFenceAgents.serves("external/sbd", _ -> false)).isTrue();
        assertThat(SbdFenceAgents.serves("external/sbd", _ -> true)).isFalse();
        assertThat(SbdFenceAgents.serves("fence_ipmilan", _ -> false)).isFalse();
    }
}
