package org.ringfence.guard.probe;

import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.ringfence.linux.ErrnoException;
import org.ringfence.linux.ThreadScheduling;

/** Runs something on a thread that goes before others where that is allowed: what feeds a watchdog must not wait for its turn. */
public final class Undisturbed {
    private Undisturbed() {}

    public static <T> T run(Callable<T> task) throws IOException, InterruptedException {
        CompletableFuture<T> result = new CompletableFuture<>();
        Thread.ofPlatform().name("watchdog").start(() -> {
            try {
                first();
                result.complete(task.call());
            } catch (Exception | Error e) {
                result.completeExceptionally(e);
            }
        });
        try {
            return result.join();
        } catch (CompletionException e) {
            switch (e.getCause()) {
                case IOException failed -> throw failed;
                case InterruptedException ended -> throw ended;
                case RuntimeException broken -> throw broken;
                case Error broken -> throw broken;
                case null, default -> throw e;
            }
        }
    }

    private static void first() {
        try {
            ThreadScheduling.realTime(1);
        } catch (ErrnoException notAllowed) {
            // Then it takes its turn like others do. Who may open a watchdog is root, who is allowed as a rule.
        }
    }
}
