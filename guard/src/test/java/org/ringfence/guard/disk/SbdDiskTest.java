package org.ringfence.guard.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.ringfence.model.sbd.SbdHeader;
import org.ringfence.model.sbd.SbdMessage;
import org.ringfence.model.sbd.SbdSector;
import org.ringfence.model.sbd.SbdSector.Mail;

class SbdDiskTest {
    private static final SbdHeader.Timeouts QUICK = new SbdHeader.Timeouts(5, 0, 1, 10);
    private static final long BYTES = 4L << 20;

    private Path file = Path.of("");

    /** Beside the classes rather than in a temporary folder, which may lie in memory and take no direct writes. */
    @BeforeEach
    void make() throws IOException {
        file = Files.createTempFile(Files.createDirectories(Path.of("target", "disks")), "disk", "");
        try (var grown = new RandomAccessFile(file.toFile(), "rw")) {
            grown.setLength(BYTES);
        }
    }

    @AfterEach
    void remove() throws IOException {
        Files.delete(file);
    }

    private String path() {
        return file.toString();
    }

    @ParameterizedTest
    @ValueSource(ints = {512, 4_096})
    void aNewDiskHoldsNodesAndTheirMessages(int sectorSize) throws Exception {
        SbdHeader made = SbdDisk.create(path(), QUICK, Optional.of(sectorSize));
        try (SbdDisk disk = SbdDisk.open(path())) {
            assertThat(disk.header()).isEqualTo(made);
            assertThat(disk.slots()).isEmpty();
            assertThat(disk.allocate("alpha")).isZero();
            assertThat(disk.allocate("beta")).isEqualTo(1);
            assertThat(disk.allocate("ALPHA"))
                    .as("names are the same in any case")
                    .isZero();
            disk.send(1, new Mail(SbdMessage.RESET, "alpha"));
        }
        try (SbdDisk again = SbdDisk.open(path())) {
            assertThat(again.slots())
                    .containsExactly(
                            new SbdDisk.Slot(0, "alpha", new Mail(SbdMessage.CLEAR, "")),
                            new SbdDisk.Slot(1, "beta", new Mail(SbdMessage.RESET, "alpha")));
            assertThat(again.mail(1).message().stops()).isTrue();
        }
    }

    @Test
    void everySlotCanBeUsedAndNoMore() throws Exception {
        SbdDisk.create(path(), QUICK, Optional.empty());
        try (SbdDisk disk = SbdDisk.open(path())) {
            for (int number = 0; number < SbdHeader.SLOTS_MAX; number++) {
                assertThat(disk.allocate("node" + number)).isEqualTo(number);
            }
            assertThatThrownBy(() -> disk.allocate("one-more"))
                    .isInstanceOf(DiskException.class)
                    .hasMessage(path() + ": all its slots are in use");
        }
    }

    @Test
    void whatIsNoDiskSaysSoInOneLine() throws Exception {
        assertThatThrownBy(() -> SbdDisk.open(path()))
                .isInstanceOf(DiskException.class)
                .hasMessage(path() + ": it has no SBD header; make one with 'ringfence sbd -d DEVICE create'");
        assertThatThrownBy(() -> SbdDisk.open("/no/such/disk"))
                .isInstanceOf(DiskException.class)
                .hasMessage("/no/such/disk: open: No such file or directory");
        SbdDisk.create(path(), QUICK, Optional.empty());
        try (var shrunk = new RandomAccessFile(file.toFile(), "rw")) {
            shrunk.setLength(8_192);
        }
        assertThatThrownBy(() -> SbdDisk.open(path())).hasMessageContaining("smaller than its header says");
    }

    @Test
    void aSlotWithANonsensicalMessageIsReported() throws Exception {
        SbdDisk.create(path(), QUICK, Optional.of(512));
        try (SbdDisk disk = SbdDisk.open(path());
                var raw = new RandomAccessFile(file.toFile(), "rw")) {
            disk.allocate("alpha");
            raw.seek(2 * 512);
            raw.write(77);
            raw.getFD().sync();
            assertThatThrownBy(() -> disk.mail(0)).hasMessageContaining("message 77");
        }
    }

    @Test
    void moreThanHalfOfTheDisksIsAMajority() throws Exception {
        List<String> three = List.of("a", "b", "c");
        assertThat(Majority.of(three, failingOn("b")).reached()).isTrue();
        assertThat(Majority.of(three, failingOn("b", "c")).reached()).isFalse();
        assertThat(Majority.of(List.of("a", "b"), failingOn("b")).reached()).isFalse();
        assertThat(Majority.of(List.of("a"), failingOn()).reached()).isTrue();
        assertThat(Majority.of(three, failingOn("c")).failures()).hasSize(1);
    }

    private static Majority.Task failingOn(String... paths) {
        return path -> {
            if (List.of(paths).contains(path)) {
                throw new DiskException(path, new IOException("gone"));
            }
        };
    }

    @Test
    void aMessageThatAnotherSenderHasWrittenOverDoesNotCount() {
        var reset = new Mail(SbdMessage.RESET, "alpha");
        assertThat(SbdDisk.whyLost(reset, SbdSector.mail(reset, 512))).isEmpty();
        assertThat(SbdDisk.whyLost(reset, SbdSector.mail(new Mail(SbdMessage.CLEAR, "alpha"), 512)))
                .as("nobody takes a reset away and goes on")
                .isPresent();
        assertThat(SbdDisk.whyLost(reset, SbdSector.mail(new Mail(SbdMessage.TEST, "beta"), 512)))
                .get(InstanceOfAssertFactories.STRING)
                .endsWith("test from beta");
        byte[] damaged = new byte[512];
        damaged[0] = 99;
        assertThat(SbdDisk.whyLost(reset, damaged))
                .get(InstanceOfAssertFactories.STRING)
                .contains("message 99");
    }

    @Test
    void aTestThatWasAnsweredAtOnceCounts() {
        var test = new Mail(SbdMessage.TEST, "alpha");
        assertThat(SbdDisk.whyLost(test, SbdSector.mail(new Mail(SbdMessage.CLEAR, "alpha"), 512)))
                .isEmpty();
        assertThat(SbdDisk.whyLost(test, SbdSector.mail(new Mail(SbdMessage.CLEAR, "beta"), 512)))
                .isPresent();
    }
}
