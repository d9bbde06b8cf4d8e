package org.ringfence.linux.watchdog;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Over folders laid out as Linux 6.1 shows softdog and i6300esb. */
class WatchdogsTest {
    @TempDir
    Path sysfs;

    @Test
    void whatTheKernelSaysIsReadWithoutOpening() throws IOException {
        file("watchdog0", "identity", "Software Watchdog\n");
        file("watchdog0", "state", "inactive\n");
        file("watchdog0", "nowayout", "0\n");
        file("watchdog0", "timeout", "60\n");
        file("watchdog0", "min_timeout", "1\n");
        file("watchdog0", "max_timeout", "65535\n");
        file("watchdog0", "bootstatus", "0\n");

        assertThat(watchdogs().list())
                .containsExactly(new WatchdogEntry(
                        "watchdog0",
                        "/dev/watchdog0",
                        Optional.of("Software Watchdog"),
                        Optional.of("softdog"),
                        Optional.of(false),
                        Optional.of(false),
                        OptionalInt.of(60),
                        OptionalInt.of(1),
                        OptionalInt.of(65535),
                        OptionalInt.of(0)));
    }

    @Test
    void theDriverIsTheModuleBelowTheDevice() throws IOException {
        file("watchdog0", "identity", "i6300ESB timer\n");
        Path module = Files.createDirectories(sysfs.resolve("module/i6300esb"));
        Path driver = Files.createDirectories(sysfs.resolve("bus/pci/drivers/i6300ESB timer"));
        Files.createSymbolicLink(driver.resolve("module"), module);
        Path device = Files.createDirectories(sysfs.resolve("devices/pci0"));
        Files.createSymbolicLink(device.resolve("driver"), driver);
        Files.createSymbolicLink(sysfs.resolve("class/watchdog/watchdog0/device"), device);

        assertThat(watchdogs().list().getFirst().driver()).contains("i6300esb");
    }

    @Test
    void aDriverThatDoesNotNameItsDeviceIsFoundByTheWatchdogsName() throws IOException {
        file("watchdog0", "identity", "i6300ESB timer\n");
        Path module = Files.createDirectories(sysfs.resolve("module/i6300esb"));
        Files.createDirectories(sysfs.resolve("bus/usb/drivers/hub"));
        Path driver = Files.createDirectories(sysfs.resolve("bus/pci/drivers/i6300ESB timer"));
        Files.createSymbolicLink(driver.resolve("module"), module);

        assertThat(watchdogs().list().getFirst().driver()).contains("i6300esb");
    }

    @Test
    void whatAnOlderKernelDoesNotSayIsEmpty() throws IOException {
        Files.createDirectories(sysfs.resolve("class/watchdog/watchdog0"));
        assertThat(watchdogs().list())
                .containsExactly(new WatchdogEntry(
                        "watchdog0",
                        "/dev/watchdog0",
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        OptionalInt.empty(),
                        OptionalInt.empty(),
                        OptionalInt.empty(),
                        OptionalInt.empty()));
    }

    @Test
    void theTenthComesAfterTheSecond() throws IOException {
        for (String name : new String[] {"watchdog10", "watchdog2", "watchdog0"}) {
            Files.createDirectories(sysfs.resolve("class/watchdog").resolve(name));
        }
        assertThat(watchdogs().list())
                .extracting(WatchdogEntry::name)
                .containsExactly("watchdog0", "watchdog2", "watchdog10");
    }

    @Test
    void theOldNameIsTheFirstWatchdog() throws IOException {
        file("watchdog0", "identity", "Software Watchdog\n");
        assertThat(watchdogs().entry("/dev/watchdog")).map(WatchdogEntry::name).contains("watchdog0");
        assertThat(watchdogs().entry("/dev/watchdog1")).isEmpty();
    }

    @Test
    void closingIsJudgedByWhatTheKernelSaysAfterwards() throws IOException {
        file("watchdog0", "nowayout", "0");
        WatchdogEntry silent = watchdogs().list().getFirst();
        assertThat(watchdogs().disarming(silent)).isEqualTo(Disarming.UNKNOWN);

        file("watchdog0", "state", "active\n");
        assertThat(watchdogs().disarming(silent)).isEqualTo(Disarming.STILL_ARMED);
        file("watchdog0", "state", "inactive\n");
        assertThat(watchdogs().disarming(silent)).isEqualTo(Disarming.DISARMED);
    }

    @Test
    void nowayoutTellsWhereTheKernelDoesNotSayMore() throws IOException {
        file("watchdog0", "nowayout", "1");
        assertThat(watchdogs().disarming(watchdogs().list().getFirst())).isEqualTo(Disarming.STILL_ARMED);
    }

    @Test
    void aHostWithoutWatchdogsHasNone() throws IOException {
        assertThat(watchdogs().list()).isEmpty();
    }

    private Watchdogs watchdogs() {
        return new Watchdogs(sysfs, Path.of("/dev"));
    }

    private void file(String watchdog, String name, String text) throws IOException {
        Path folder = Files.createDirectories(sysfs.resolve("class/watchdog").resolve(watchdog));
        Files.writeString(folder.resolve(name), text);
    }
}
