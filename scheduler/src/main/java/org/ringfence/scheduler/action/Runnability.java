package org.ringfence.scheduler.action;

import org.ringfence.scheduler.cluster.ClusterNode;
import org.ringfence.scheduler.cluster.Options;
import org.ringfence.scheduler.resource.Primitive;
import org.ringfence.scheduler.resource.Role;
import org.ringfence.scheduler.resource.Settings.Requires;

/** Whether an action could be carried out at all, from its node, its resource and the partition's standing. */
public final class Runnability {
    private final Options options;
    private final FencingPermission permission;
    private final boolean canFence;

    /** @param canFence whether a fence device is configured, or nothing has to be fenced */
    public Runnability(Options options, FencingPermission permission, boolean canFence) {
        this.options = options;
        this.permission = permission;
        this.canFence = canFence;
    }

    void judge(Action action) {
        if (!(action.resource instanceof Primitive primitive) || action.pseudo || action.is("lrm_delete")) {
            return;
        }
        ClusterNode node = action.node;
        boolean probe = action.is("monitor") && action.intervalMillis == 0;
        if (!primitive.managed && action.intervalMillis == 0 && !probe && changes(action)) {
            action.optional = true;
            if (primitive.blocked) {
                action.runnable = false;
                action.reason = primitive.id + " is blocked";
            }
        }
        if (node == null) {
            refuse(action, "no node was found for it");
        } else if (!node.online && (node.kind != ClusterNode.Kind.GUEST || node.requiresReset)) {
            refuse(action, "node " + node + " is offline");
        } else if (node.pending && !node.isRemoteOrGuest()) {
            refuse(action, "node " + node + " is still joining");
        }
        if (node != null && permission.isBeyondReach(node)) {
            refuse(action, "the host of " + node + " cannot be fenced");
        }
        if (action.is("start") || action.is("promote")) {
            quorum(action, primitive);
        }
    }

    private static boolean changes(Action action) {
        return switch (action.task) {
            case "start", "stop", "promote", "demote", "migrate_to", "migrate_from", "reload-agent" -> true;
            default -> false;
        };
    }

    private void quorum(Action action, Primitive primitive) {
        Requires requires = primitive.settings.requires();
        if (requires == Requires.NOTHING) {
            return;
        }
        if (requires.compareTo(Requires.FENCING) >= 0
                && options.fencingEnabled()
                && !canFence
                && primitive.active.isEmpty()) {
            refuse(action, "no fence device is configured");
            return;
        }
        if (options.quorate()) {
            return;
        }
        switch (options.noQuorumPolicy()) {
            case STOP, FENCE -> refuse(action, "there is no quorum");
            case DEMOTE -> {
                // What has roles stays, in the lower one; all else stops.
                if (action.is("promote") || !primitive.promotable() || !primitive.role.isActive()) {
                    refuse(action, "there is no quorum");
                }
            }
            case FREEZE -> {
                boolean promoted = primitive.nextRole == Role.PROMOTED && primitive.role != Role.PROMOTED;
                if (primitive.active.isEmpty() || promoted) {
                    refuse(action, "there is no quorum, and what does not run stays as it is");
                }
            }
            case IGNORE -> {}
        }
    }

    private static void refuse(Action action, String reason) {
        action.runnable = false;
        action.reason = reason;
    }
}
