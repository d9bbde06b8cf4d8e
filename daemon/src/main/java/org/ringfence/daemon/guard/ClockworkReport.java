package org.ringfence.daemon.guard;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.ringfence.controller.ClusterStatus;
import org.ringfence.controller.facts.Fact;
import org.ringfence.controller.request.Answer;
import org.ringfence.controller.request.Request;

/**
 * Tells the cluster, as transient attributes of this node, what its clockwork and its host are like, so that the DC can judge whether the
 * cluster's timers add up with it, and a doctor knows of every host. Tells it again when the cluster has lost it: when this node comes back; and when it has
 * changed.
 */
public final class ClockworkReport {
    private static final System.Logger LOG = System.getLogger("ringfence");
    private static final Duration FIRST = Duration.ofSeconds(5);
    private static final Duration EVERY = Duration.ofMinutes(1);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Supplier<SortedMap<String, String>> clockwork;
    private final String self;
    private final Asking asking;

    /** How this node's controller is asked. */
    @FunctionalInterface
    public interface Asking {
        CompletableFuture<Answer> ask(Request request);
    }

    /** @param clockwork values by the attributes' names */
    public ClockworkReport(Supplier<SortedMap<String, String>> clockwork, String self, Asking asking) {
        this.clockwork = clockwork;
        this.self = self;
        this.asking = asking;
    }

    /** Does so from now on, on a thread that ends with the process. */
    public void start() {
        Thread.ofVirtual().name("clockwork-report").start(() -> {
            try {
                Thread.sleep(FIRST);
                while (true) {
                    tellWhatIsNew();
                    Thread.sleep(EVERY);
                }
            } catch (InterruptedException ending) {
                Thread.currentThread().interrupt();
            }
        });
    }

    /** @return how many attributes were told */
    int tellWhatIsNew() throws InterruptedException {
        SortedMap<String, String> now = clockwork.get();
        if (now.isEmpty()
                || !(answer(new Request.Status()) instanceof Answer.Status(ClusterStatus status))
                || status.view().isEmpty()) {
            return 0;
        }
        int told = 0;
        for (Map.Entry<String, String> one : now.entrySet()) {
            Optional<String> value = Optional.of(one.getValue());
            if (!known(status, one.getKey()).equals(value)
                    && answer(new Request.SetAttribute(self, one.getKey(), value)) instanceof Answer.Done) {
                told++;
            }
        }
        return told;
    }

    private Optional<String> known(ClusterStatus status, String name) {
        return status.facts().stream()
                .filter(fact -> fact.key().equals(new Fact.Key(Fact.Kind.ATTRIBUTE, self, name)))
                .findFirst()
                .flatMap(Fact::value);
    }

    private Answer answer(Request request) throws InterruptedException {
        try {
            return asking.ask(request).get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException e) {
            LOG.log(System.Logger.Level.DEBUG, "what this node is like is told later", e);
            return new Answer.NotDone("not told", List.of());
        }
    }
}
