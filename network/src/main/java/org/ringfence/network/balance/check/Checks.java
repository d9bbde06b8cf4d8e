package org.ringfence.network.balance.check;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.ringfence.network.balance.service.BalanceConfiguration;
import org.ringfence.network.balance.service.Endpoint;
import org.ringfence.network.balance.service.RealServer;
import org.ringfence.network.balance.service.VirtualService;

/**
 * Watches every server of a configuration, each on a virtual thread of its own, so that a server that is slow to answer holds up no
 * other. Safe from any thread.
 */
public final class Checks implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Checks.class.getName());

    private final Prober prober;
    private final Listener listener;
    private final Map<Key, Watched> watched = new LinkedHashMap<>();

    /** One server of one service. */
    public record Key(String service, Endpoint server) {}

    /** Told on the server's thread, one answer after the other. */
    public interface Listener {
        void answered(Key key, Watch now);
    }

    private static final class Watched {
        private Subject subject;
        private Watch watch;
        private Thread thread = Thread.currentThread();
        private boolean ended;

        Watched(Subject subject, Watch watch) {
            this.subject = subject;
            this.watch = watch;
        }
    }

    public Checks(Prober prober, Listener listener) {
        this.prober = prober;
        this.listener = listener;
    }

    /** Watches these servers from now on. One that was watched already stands as it stood; an attempt under way ends as it began. */
    public synchronized void apply(BalanceConfiguration configuration) {
        Map<Key, Subject> wanted = new LinkedHashMap<>();
        for (VirtualService service : configuration.services()) {
            for (RealServer server : service.servers()) {
                wanted.put(new Key(service.id(), server.endpoint()), new Subject(service, server));
            }
        }
        watched.forEach((key, each) -> {
            if (!wanted.containsKey(key)) {
                end(each);
            }
        });
        watched.keySet().retainAll(wanted.keySet());
        wanted.forEach((key, subject) -> {
            Watched known = watched.get(key);
            if (known == null) {
                Watch fresh =
                        Watch.begin(subject.service().check(), subject.service().protocol(), clock());
                begin(key, new Watched(subject, fresh));
            } else if (!known.subject.equals(subject)) {
                Watch next = known.watch.with(
                        subject.service().check(), subject.service().protocol(), clock());
                end(known);
                begin(key, new Watched(subject, next));
            }
        });
    }

    private void begin(Key key, Watched each) {
        watched.put(key, each);
        each.thread = Thread.ofVirtual().name("check " + key.server()).start(() -> run(key, each));
    }

    private static void end(Watched each) {
        each.ended = true;
        each.thread.interrupt();
    }

    /** How a server's checks stand; empty when it is not watched. */
    public synchronized Optional<Watch> watch(Key key) {
        return Optional.ofNullable(watched.get(key)).map(each -> each.watch);
    }

    private void run(Key key, Watched each) {
        try {
            if (each.watch.up() || each.watch.next().isEmpty()) {
                // Known already, or never to be asked.
                tell(key, each, each.watch);
            }
            while (true) {
                Watch before = each.watch;
                Optional<Attempt> attempt = before.next();
                if (attempt.isEmpty()) {
                    return;
                }
                Thread.sleep(Math.max(0, before.dueAt() - clock()));
                Answer answer = prober.probe(each.subject, attempt.get());
                tell(key, each, before.answered(attempt.get(), answer, clock()));
            }
        } catch (InterruptedException ended) {
            LOG.log(System.Logger.Level.DEBUG, "{0} is not checked any more", key);
        }
    }

    private void tell(Key key, Watched each, Watch next) throws InterruptedException {
        synchronized (this) {
            if (each.ended) {
                throw new InterruptedException("not watched any more");
            }
            each.watch = next;
        }
        listener.answered(key, next);
    }

    static long clock() {
        return System.nanoTime() / 1_000_000;
    }

    /** Ends every watch; answers that are under way are not told any more. */
    @Override
    public synchronized void close() {
        watched.values().forEach(Checks::end);
        watched.clear();
    }
}
