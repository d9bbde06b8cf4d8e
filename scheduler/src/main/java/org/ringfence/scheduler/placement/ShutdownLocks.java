package org.ringfence.scheduler.placement;

import java.time.Instant;
import java.util.Arrays;
import org.ringfence.model.value.Score;
import org.ringfence.scheduler.cluster.ClusterNode;
import org.ringfence.scheduler.cluster.Options;
import org.ringfence.scheduler.resource.Primitive;
import org.ringfence.scheduler.resource.Resource;
import org.ringfence.scheduler.resource.Resources;

/**
 * Keeps what ran on a node that was shut down in order until that node is back: option {@code shutdown-lock}, for as long as
 * {@code shutdown-lock-limit} says (Pacemaker Explained, "Cluster Options"). Fence devices, connections and what has
 * several instances are not kept.
 */
public final class ShutdownLocks {
    private final Options options;
    private final Instant now;

    public ShutdownLocks(Options options, Instant now) {
        this.options = options;
        this.now = now;
    }

    public void apply(Resources resources) {
        for (Primitive primitive : resources.primitives()) {
            if (options.shutdownLock() && mayBeKept(primitive)) {
                apply(primitive);
            } else {
                primitive.state.lockedTo = null;
            }
        }
    }

    private static boolean mayBeKept(Primitive primitive) {
        return !primitive.isFenceDevice()
                && !primitive.isConnection()
                && primitive.cloneOf() == null
                && primitive.replica == null;
    }

    private void apply(Primitive primitive) {
        Resource.State state = primitive.state;
        ClusterNode node = state.lockedTo;
        if (node != null && (expired(state.lockTime) || !primitive.active.isEmpty())) {
            state.lockedTo = null;
            state.lockToForget = node;
        } else if (node == null && primitive.active.size() == 1) {
            lockToLeaving(state, primitive.active.getFirst());
        }
        ClusterNode kept = state.lockedTo;
        if (kept != null) {
            int there = primitive.scores[kept.index];
            Arrays.fill(primitive.scores, -Score.INFINITY);
            primitive.scores[kept.index] = there;
            primitive.book(() -> Causes.shutdownLock(kept));
        }
    }

    private void lockToLeaving(Resource.State state, ClusterNode node) {
        long since = seconds(node.attributes.getOrDefault("shutdown", ""));
        if (node.shutdown && !node.unclean && !node.isRemoteOrGuest() && since > 0) {
            state.lockedTo = node;
            state.lockTime = since;
        }
    }

    private static long seconds(String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException noTime) {
            return 0;
        }
    }

    private boolean expired(long lockTime) {
        long limit = options.shutdownLockLimitMillis();
        return limit > 0 && Instant.ofEpochSecond(lockTime).plusMillis(limit).isBefore(now);
    }
}
