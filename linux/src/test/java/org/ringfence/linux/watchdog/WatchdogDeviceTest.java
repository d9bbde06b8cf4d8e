package org.ringfence.linux.watchdog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.ringfence.linux.Errno;
import org.ringfence.linux.ErrnoException;

/** On devices that are no watchdogs: real ones are opened in virtual machines only. */
class WatchdogDeviceTest {

    @Test
    void whatIsNoWatchdogSaysSo() throws IOException {
        try (WatchdogDevice device = WatchdogDevice.open("/dev/null")) {
            assertThatThrownBy(device::support)
                    .isInstanceOfSatisfying(
                            ErrnoException.class, e -> assertThat(e.errno()).isEqualTo(Errno.ENOTTY));
        }
    }

    @Test
    void whatIsNotThereSaysSo() {
        assertThatThrownBy(() -> WatchdogDevice.open("/dev/watchdog-that-is-not-there"))
                .isInstanceOfSatisfying(
                        ErrnoException.class, e -> assertThat(e.errno()).isEqualTo(Errno.ENOENT));
    }

    @Test
    void aRefusedTimeoutIsAnAnswer() throws IOException {
        try (WatchdogDevice device = WatchdogDevice.open("/dev/null")) {
            TimeoutAnswer answer = device.setTimeout(5);
            assertThat(answer).isEqualTo(TimeoutAnswer.refused(5, Errno.ENOTTY, TimeoutAnswer.UNKNOWN));
            assertThat(answer.taken()).isFalse();
            assertThat(device.timeLeft()).isEmpty();
            assertThat(device.setPretimeout(1)).isEmpty();
        }
    }

    @Test
    void aDeviceThatTakesNothingIsNotFed() throws IOException {
        try (WatchdogDevice device = WatchdogDevice.open("/dev/full")) {
            assertThatThrownBy(device::keepAlive)
                    .isInstanceOf(ErrnoException.class)
                    .hasMessageContaining("No space");
        }
    }

    @Test
    void feedingDoesNotAllocate() throws IOException {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        try (WatchdogDevice device = WatchdogDevice.open("/dev/null")) {
            // Until then the interpreter makes the call, which allocates.
            for (int i = 0; i < 50_000; i++) {
                device.keepAlive();
            }
            long before = threads.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < 100_000; i++) {
                device.keepAlive();
            }
            assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(100_000);
        }
    }

    @Test
    void whoHoldsADeviceIsFound() throws IOException {
        long own = ProcessHandle.current().pid();
        try (WatchdogDevice device = WatchdogDevice.open("/dev/full")) {
            assertThat(holders(device.path())).contains(own);
        }
        assertThat(holders("/dev/full")).doesNotContain(own);
    }

    private static List<Long> holders(String path) throws IOException {
        return WatchdogHolders.ofThisHost().of(path).stream()
                .map(WatchdogHolder::pid)
                .toList();
    }
}
