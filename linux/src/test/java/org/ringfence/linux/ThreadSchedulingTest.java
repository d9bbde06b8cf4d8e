package org.ringfence.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class ThreadSchedulingTest {

    @Test
    void theNiceValueIsTheThreadsOwn() throws Exception {
        String before = niceValue();
        String inside = inThread(() -> {
            ThreadScheduling.nice(7);
            return niceValue();
        });
        assertThat(inside).isEqualTo("7");
        assertThat(niceValue()).isEqualTo(before);
    }

    @Test
    void theRealTimeClassIsTheThreadsOwnAndIsNotHandedOn() throws Exception {
        var refused = new AtomicReference<String>("");
        String inside = inThread(() -> {
            try {
                ThreadScheduling.realTime(1);
            } catch (ErrnoException e) {
                assertThat(e.errno()).isEqualTo(Errno.EPERM);
                refused.set(e.toString());
                return ThreadScheduling.isRealTime() ? "real-time all the same" : "refused";
            }
            return ThreadScheduling.isRealTime() + " " + inThread(ThreadScheduling::isRealTime);
        });
        assertThat(ThreadScheduling.isRealTime()).isFalse();
        if (inside.equals("refused")) {
            abort("this host does not allow the real-time class: " + refused.get());
        }
        assertThat(inside).isEqualTo("true false");
    }

    @Test
    void aVirtualThreadHasNone() throws Exception {
        var failure = new AtomicReference<Throwable>(new AssertionError("it did not fail"));
        Thread.ofVirtual()
                .start(() ->
                        failure.set(org.assertj.core.api.Assertions.catchThrowable(() -> ThreadScheduling.nice(1))))
                .join();
        assertThat(failure.get()).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aPriorityThatDoesNotExistIsRefused() {
        assertThatThrownBy(() -> inThread(() -> {
                    ThreadScheduling.realTime(1000);
                    return "";
                }))
                .hasRootCauseInstanceOf(ErrnoException.class);
    }

    private static <T> T inThread(Callable<T> work) throws Exception {
        var task = new FutureTask<>(work);
        Thread.ofPlatform().start(task);
        return task.get();
    }

    /** Field 19 of proc_pid_stat(5). */
    private static String niceValue() throws IOException {
        String stat = Files.readString(Path.of("/proc/thread-self/stat"));
        return stat.substring(stat.lastIndexOf(')') + 2).split(" ")[16];
    }

    @Test
    void onlyTheTimeThatAProcessorWorkedCounts() throws InterruptedException {
        long before = ThreadScheduling.processorTimeNanos();
        Thread.sleep(300);
        long slept = ThreadScheduling.processorTimeNanos() - before;
        assertThat(slept).isBetween(0L, 150_000_000L);
        long end = System.nanoTime() + 5_000_000_000L;
        while (ThreadScheduling.processorTimeNanos() - before - slept < 5_000_000 && System.nanoTime() < end) {
            Thread.onSpinWait();
        }
        assertThat(ThreadScheduling.processorTimeNanos() - before - slept).isGreaterThanOrEqualTo(5_000_000);
    }
}
