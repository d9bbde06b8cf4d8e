package org.ringfence.network.address;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.ringfence.linux.Errno;
import org.ringfence.linux.ErrnoException;
import org.ringfence.linux.LibcFunction;

/**
 * A network namespace for one test, which leads nowhere. Threads and processes that the test begins are in it as well, and it
 * is gone with the last of them.
 */
final class OwnNetwork {
    private static final int CLONE_NEWNET = 0x4000_0000;
    private static final LibcFunction UNSHARE = LibcFunction.returningInt("unshare", JAVA_INT);

    private OwnNetwork() {}

    /** What a test does in it. */
    interface Test {
        void run() throws Exception;
    }

    /** Runs it on a thread of its own, since a namespace is a thread's; aborts the test where a host does not allow it. */
    static void with(Test test) throws Exception {
        var allowed = new CompletableFuture<Boolean>();
        Thread.ofPlatform().daemon().start(() -> {
            try {
                if (isUnshared()) {
                    test.run();
                    allowed.complete(true);
                } else {
                    allowed.complete(false);
                }
            } catch (Throwable failed) {
                allowed.completeExceptionally(failed);
            }
        });
        if (!allowed.get()) {
            abort("network namespaces need CAP_SYS_ADMIN");
        }
    }

    private static boolean isUnshared() throws ErrnoException {
        try {
            UNSHARE.call(CLONE_NEWNET);
            return true;
        } catch (ErrnoException refused) {
            if (refused.errno() == Errno.EPERM) {
                return false;
            }
            throw refused;
        }
    }

    /** ip(8). */
    static void ip(String... words) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("ip"));
        command.addAll(List.of(words));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(command + ": " + said).isZero();
    }
}
