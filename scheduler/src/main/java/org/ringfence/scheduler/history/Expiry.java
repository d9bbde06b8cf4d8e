package org.ringfence.scheduler.history;

import java.time.Instant;
import org.ringfence.model.status.OperationRecord;
import org.ringfence.scheduler.cluster.ClusterNode;
import org.ringfence.scheduler.cluster.Options;
import org.ringfence.scheduler.resource.Primitive;

/**
 * Whether a failure still counts: no longer once {@code failure-timeout} has passed since it and nothing newer is counted. What
 * is to block the resource, because its operation is configured so, never ends by itself; a stop that blocks only for want of
 * fencing does, and is tried again then.
 */
final class Expiry {
    private final Options options;
    private final FailCounts failCounts;
    private final Histories histories;
    private final Instant now;

    Expiry(Options options, FailCounts failCounts, Histories histories, Instant now) {
        this.options = options;
        this.failCounts = failCounts;
        this.histories = histories;
        this.now = now;
    }

    /** As asked; failures that are counted, but all over, are to be forgotten from then on. */
    boolean isOver(Primitive primitive, ClusterNode node, OperationRecord operation) {
        long timeout = primitive.failureTimeoutMillis();
        Instant last = operation.lastChange();
        boolean old = timeout > 0
                && last.getEpochSecond() > 0
                && last.plusMillis(timeout).compareTo(now) <= 0
                && !failCounts.blocksWhenFailed(primitive, operation)
                && !waitsForFencing(primitive, operation);
        if (!old || failCounts.effective(primitive, node) > 0) {
            return false;
        }
        if (failCounts.raw(primitive, node) > 0) {
            histories.forget(primitive, node, "it expired");
        }
        return true;
    }

    /** A connection that was lost is not tried again before the node it leads to was reset. */
    private boolean waitsForFencing(Primitive primitive, OperationRecord operation) {
        ClusterNode remote = primitive.remoteNode;
        return remote != null
                && operation.operation().equals("monitor")
                && !operation.interval().isZero()
                && remote.kind == ClusterNode.Kind.REMOTE
                && primitive.reconnectMillis() > 0
                && options.fencingEnabled()
                && !remote.wasReset;
    }
}
