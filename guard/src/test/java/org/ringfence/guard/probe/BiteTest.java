package org.ringfence.guard.probe;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ringfence.guard.probe.Bite.Failure;
import org.ringfence.guard.probe.Finding.Closing;

/** With doubles, which do not bite; that real ones do is shown in virtual machines. */
class BiteTest {
    private static final BiteRecord RECORD = new BiteRecord(
            "/dev/watchdog0", "Double", "boot-1", 5, Instant.parse("2026-01-02T03:04:05Z"), 4_900, false);

    @TempDir
    Path folder;

    @Test
    void theRecordIsReadAsItWasWritten() throws IOException {
        RECORD.writeTo(folder);
        assertThat(BiteRecord.readFrom(folder)).contains(RECORD);
        RECORD.alive(77).writeTo(folder);
        assertThat(BiteRecord.readFrom(folder).orElseThrow().aliveMs()).isEqualTo(77);
    }

    @Test
    void aTornRecordIsNone() throws IOException {
        Files.writeString(folder.resolve("watchdog-bite"), "device=/dev/watchdog0\ntimeo");
        assertThat(BiteRecord.readFrom(folder)).isEmpty();
        assertThat(BiteRecord.readFrom(folder.resolve("none"))).isEmpty();
    }

    @Test
    void itBitWhenTheHostHasBootedSince() {
        assertThat(RECORD.bit("boot-2")).isTrue();
        assertThat(RECORD.bit("boot-1")).isFalse();
        assertThat(RECORD.withSurvival().bit("boot-2")).isFalse();
    }

    @Test
    void aTimeoutThatIsNotTakenLetsNothingLoose() throws Exception {
        DoubleDriver driver = DoubleDriver.taking(30, 600);
        Failure failure = new Bite(driver, folder, InstantSource.system()).bite(5, alive -> {});
        assertThat(failure).isInstanceOf(Failure.Refused.class);
        assertThat(driver.closed).isTrue();
        assertThat(BiteRecord.readFrom(folder)).isEmpty();
    }

    @Test
    void oneThatDoesNotBiteIsSaidToHaveFailed() throws Exception {
        DoubleDriver driver = DoubleDriver.taking(1, 600);
        Failure failure = new Bite(driver, folder, InstantSource.system()).bite(1, alive -> {});
        assertThat(failure).isInstanceOfSatisfying(Failure.Survived.class, survived -> {
            assertThat(survived.aliveMs()).isGreaterThanOrEqualTo(16_000);
            assertThat(survived.closing()).isEqualTo(Closing.DISARMS);
        });
        assertThat(BiteRecord.readFrom(folder).map(BiteRecord::survived)).isEqualTo(Optional.of(true));
    }
}
