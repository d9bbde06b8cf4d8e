package org.ringfence.scheduler.constraint;

import org.ringfence.scheduler.cluster.ClusterNode;
import org.ringfence.scheduler.reason.Cause;
import org.ringfence.scheduler.resource.Role;

/** How much a resource is wanted on each node in one role. */
public final class RoleLocation {
    public final Cause cause;
    public final Role role;
    /** Per node; 0 where the constraint says nothing. */
    private final int[] scores;

    RoleLocation(Cause cause, Role role, int[] scores) {
        this.cause = cause;
        this.role = role;
        this.scores = scores;
    }

    /** Wanted in this role nowhere. */
    public static RoleLocation nowhere(Cause cause, Role role, int nodes) {
        int[] scores = new int[nodes];
        java.util.Arrays.fill(scores, -org.ringfence.model.value.Score.INFINITY);
        return new RoleLocation(cause, role, scores);
    }

    public int on(ClusterNode node) {
        return scores[node.index];
    }
}
