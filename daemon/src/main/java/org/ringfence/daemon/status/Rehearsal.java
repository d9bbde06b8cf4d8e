package org.ringfence.daemon.status;

import java.time.Duration;
import java.time.Instant;
import java.util.OptionalInt;
import org.ringfence.controller.ClusterStatus;
import org.ringfence.controller.foresee.Failure;
import org.ringfence.controller.foresee.Foresight;
import org.ringfence.controller.request.Answer;
import org.ringfence.controller.request.Request;
import org.ringfence.model.NodeId;
import org.ringfence.model.cib.Cib;
import org.ringfence.model.problem.UnusableInputException;

/**
 * Has a node compute, once the cluster it has joined is at rest, what would follow if the DC were lost. It may have to decide that itself one day, when
 * every millisecond counts, and the first times take a process much longer than later ones. Nothing is done with the result. Once in a
 * life, on a thread of the lowest priority that ends with it.
 */
public final class Rehearsal {
    private static final System.Logger LOG = System.getLogger("ringfence");
    private static final Duration EVERY = Duration.ofSeconds(3);
    private static final Duration BUDGET = Duration.ofSeconds(2);
    private static final int TIMES = 30;

    private final NodeId self;
    private final Asking asking;

    public Rehearsal(NodeId self, Asking asking) {
        this.self = self;
        this.asking = asking;
    }

    @SuppressWarnings("ThreadPriorityCheck") // nothing relies on it: whatever else is to be done comes first
    public void start() {
        Thread.ofPlatform()
                .name("rehearsal")
                .daemon()
                .priority(Thread.MIN_PRIORITY)
                .start(() -> {
                    try {
                        do {
                            Thread.sleep(EVERY);
                        } while (attempt().isEmpty());
                    } catch (InterruptedException ending) {
                        Thread.currentThread().interrupt();
                    }
                });
    }

    /** How often it has rehearsed: not at all on a DC, which decides all the time. Empty when it is not time yet. */
    OptionalInt attempt() throws InterruptedException {
        if (!(asking.answer(new Request.Status()) instanceof Answer.Status(ClusterStatus status))
                || !status.ready()
                || status.transition().isPresent()) {
            return OptionalInt.empty();
        }
        boolean rehearses = !status.answeredBy().equals(self) && status.cib().length() <= GapWatch.LARGEST;
        return OptionalInt.of(rehearses ? rehearse(status) : 0);
    }

    private static int rehearse(ClusterStatus status) {
        long end = System.nanoTime() + BUDGET.toNanos();
        var loss = new Failure(Failure.Kind.NODE, status.answeredBy().name());
        try {
            int times = 0;
            while (times < TIMES && System.nanoTime() - end < 0) {
                var foresight = new Foresight(Cib.read(status.cib(), "configuration"), Instant.now());
                LOG.log(System.Logger.Level.DEBUG, "rehearsed: {0}", foresight.of(loss));
                times++;
            }
            return times;
        } catch (UnusableInputException damaged) {
            throw new IllegalStateException("a configuration in force can be read", damaged);
        }
    }
}
