package org.ringfence.daemon.helpers;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * Attributes that are about to change: each further change within the delay takes the place of the former one and makes the delay
 * begin anew. So the nodes of a cluster can notice the same fault one after the other, and it is decided on once. Safe from any thread.
 */
public final class Delays implements AutoCloseable {
    private final Map<Key, Change> waiting = new ConcurrentHashMap<>();
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(
            task -> Thread.ofPlatform().daemon().name("attribute-delays").unstarted(task));

    private record Key(String node, String name) {}

    private record Change(Optional<String> value, ScheduledFuture<?> then) {}

    /** What makes the change; on a thread of its own, and it may wait. */
    @FunctionalInterface
    public interface Making {
        void make() throws InterruptedException;
    }

    /** From now on the attribute is about to become {@code value}; the same value again does not begin the delay anew. */
    public void begin(String node, String name, Optional<String> value, Duration after, Making making) {
        var key = new Key(node, name);
        waiting.compute(key, (_, former) -> {
            if (former != null && former.value.equals(value)) {
                return former;
            }
            if (former != null) {
                former.then.cancel(false);
            }
            ScheduledFuture<?> then = clock.schedule(
                    () -> Thread.ofVirtual().name("attribute " + name).start(() -> end(key, value, making)),
                    after.toMillis(),
                    TimeUnit.MILLISECONDS);
            return new Change(value, then);
        });
    }

    /** A change that is made now takes the place of one that waits. */
    public void forget(String node, String name) {
        Change former = waiting.remove(new Key(node, name));
        if (former != null) {
            former.then.cancel(false);
        }
    }

    private void end(Key key, Optional<String> value, Making making) {
        try {
            making.make();
        } catch (InterruptedException nobodyDoes) {
            throw new IllegalStateException("nobody interrupts this thread", nobodyDoes);
        } finally {
            waiting.computeIfPresent(key, (_, now) -> now.value.equals(value) ? null : now);
        }
    }

    /** What the attribute is about to become; empty when nothing waits. */
    public Optional<Cluster.Waiting> waiting(String node, String name) {
        return Optional.ofNullable(waiting.get(new Key(node, name))).map(change -> new Cluster.Waiting(change.value));
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }
}
