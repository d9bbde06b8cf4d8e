package org.ringfence.guard.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ringfence.guard.watchdog.Reset;
import org.ringfence.model.problem.UnusableInputException;
import org.ringfence.model.settings.SettingsLines;

class GuardSettingsTest {
    @TempDir
    Path folder = Path.of("");

    private static Optional<GuardSettings> read(String... lines) throws UnusableInputException {
        return GuardSettings.of(SettingsLines.read("ringfence.conf", List.of(lines), _ -> true, ""));
    }

    private GuardSettings sbd(String... options) throws Exception {
        Path file = folder.resolve("sbd");
        Files.write(file, List.of(options));
        return read("node = n1", "sbd-config = " + file).orElseThrow();
    }

    @Test
    void aNodeWhoseConfigurationSaysNothingOfItHasNoGuard() throws Exception {
        assertThat(read("node = n1", "state = /s")).isEmpty();
    }

    @Test
    void withTheLeastThatCanBeSaid() throws Exception {
        GuardSettings settings = read("node = n1", "watchdog = /dev/watchdog0").orElseThrow();
        assertThat(settings.devices()).isEmpty();
        assertThat(settings.watchdog()).isEqualTo("/dev/watchdog0");
        assertThat(settings.timeout()).isEqualTo(Duration.ofSeconds(5));
        assertThat(settings.hold()).isEmpty();
        assertThat(settings.clean()).isFalse();
        assertThat(settings.delay()).isZero();
        assertThat(settings.flush()).isTrue();
        assertThat(settings.action()).isEqualTo(Reset.Kind.RESET);
        assertThat(settings.runFolder()).isEqualTo(Path.of("/run/ringfence"));
        assertThat(settings.note()).isEqualTo(Path.of("/var/lib/ringfence/guard-note"));
    }

    @Test
    void theOptionsOfSbdMeanWhatTheyMeanThere() throws Exception {
        GuardSettings settings = sbd(
                "# a comment",
                "SBD_DEVICE=\"/dev/a;/dev/b; /dev/c\"",
                "SBD_WATCHDOG_DEV=/dev/watchdog1",
                "SBD_WATCHDOG_TIMEOUT=15",
                "SBD_STARTMODE=clean",
                "SBD_DELAY_START=yes",
                "SBD_TIMEOUT_ACTION='noflush,crashdump'");
        assertThat(settings.devices()).containsExactly("/dev/a", "/dev/b", "/dev/c");
        assertThat(settings.watchdog()).isEqualTo("/dev/watchdog1");
        assertThat(settings.timeout()).isEqualTo(Duration.ofSeconds(15));
        assertThat(settings.clean()).isTrue();
        assertThat(settings.delay()).isEqualTo(GuardSettings.AS_LONG_AS_MSGWAIT);
        assertThat(settings.flush()).isFalse();
        assertThat(settings.action()).isEqualTo(Reset.Kind.CRASHDUMP);
        assertThat(sbd("SBD_DELAY_START=1").delay()).isEqualTo(GuardSettings.AS_LONG_AS_MSGWAIT);
        assertThat(sbd("SBD_DELAY_START=17").delay()).isEqualTo(Duration.ofSeconds(17));
    }

    @Test
    void theFileOfDebiansPackageIsReadUnchanged() throws Exception {
        Path file = Path.of("/etc/default/sbd");
        Assumptions.assumeTrue(Files.isReadable(file), "needs Debian's package sbd");
        GuardSettings settings = read("node = n1", "sbd-config = " + file).orElseThrow();
        assertThat(settings.watchdog()).isEqualTo("/dev/watchdog");
        assertThat(settings.timeout()).isEqualTo(Duration.ofSeconds(5));
        assertThat(settings.flush()).isTrue();
    }

    @Test
    void theNodesOwnSettingsComeFirst() throws Exception {
        Path file = folder.resolve("sbd");
        Files.write(file, List.of("SBD_DEVICE=/dev/a", "SBD_WATCHDOG_TIMEOUT=15"));
        GuardSettings settings = read(
                        "node = n1", "sbd-config = " + file, "sbd-devices = /dev/b", "watchdog-timeout = 7s")
                .orElseThrow();
        assertThat(settings.devices()).containsExactly("/dev/b");
        assertThat(settings.timeout()).isEqualTo(Duration.ofSeconds(7));
    }

    @Test
    void whatCannotBeMeantIsRefusedWithItsPlace() {
        assertThatThrownBy(() -> read("node = n1", "sbd-devices = /a;/a"))
                .isInstanceOf(UnusableInputException.class)
                .hasMessageContaining("ringfence.conf:2:1: sbd-devices: /a stands twice");
        assertThatThrownBy(() -> read("node = n1", "sbd-devices = /a;/b;/c;/d")).hasMessageContaining("at most 3");
        assertThatThrownBy(() -> read("node = n1", "watchdog-timeout = 1500ms")).hasMessageContaining("whole seconds");
        assertThatThrownBy(() -> read("node = n1", "guard-start = sometimes")).hasMessageContaining("always or clean");
        assertThatThrownBy(() -> read("node = n1", "guard-timeout-action = explode"))
                .hasMessageContaining("'explode'");
        assertThatThrownBy(() -> read("node = n1", "sbd-config = /nowhere")).hasMessageContaining("/nowhere");
        assertThatThrownBy(() -> read("watchdog = /dev/watchdog")).hasMessageContaining("no line node");
    }
}
