package org.ringfence.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class MemoryLockTest {

    @Test
    void theProcessIsLockedWithoutTouchingWhatIsOnlyReserved() throws IOException {
        long before = kilobytes("VmRSS");
        try {
            MemoryLock.lock();
        } catch (ErrnoException e) {
            assertThat(e.errno()).isIn(Errno.EPERM, Errno.ENOMEM);
            abort("this host does not allow it: " + e.getMessage());
        }
        try {
            assertThat(kilobytes("VmLck")).isPositive();
            assertThat(kilobytes("VmRSS")).isLessThan(before + 100_000);
        } finally {
            MemoryLock.unlock();
        }
        assertThat(kilobytes("VmLck")).isZero();
    }

    private static long kilobytes(String name) throws IOException {
        return Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(line -> line.startsWith(name + ":"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .findFirst()
                .orElseThrow();
    }
}
