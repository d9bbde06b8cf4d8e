package org.ringfence.daemon.status;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.ringfence.controller.request.Answer;
import org.ringfence.controller.request.Request;

/** How this node's controller is asked by those that look at the cluster in the background. */
@FunctionalInterface
public interface Asking {
    Duration PATIENCE = Duration.ofSeconds(30);

    CompletableFuture<Answer> ask(Request request);

    /** Waits for the answer, at most for {@link #PATIENCE}; nobody is waiting for what is done in the background. */
    default Answer answer(Request request) throws InterruptedException {
        try {
            return ask(request).get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException e) {
            System.getLogger("ringfence").log(System.Logger.Level.DEBUG, "no answer; it is asked again later", e);
            return new Answer.NotDone("no answer", List.of());
        }
    }
}
