package org.ringfence.scheduler.action;

import org.ringfence.scheduler.cluster.ClusterNode;
import org.ringfence.scheduler.cluster.Options;
import org.ringfence.scheduler.reason.Cause;
import org.ringfence.scheduler.reason.Cause.Kind;
import org.ringfence.scheduler.reason.Source;
import org.ringfence.scheduler.resource.Primitive;
import org.ringfence.scheduler.resource.Role;
import org.ringfence.scheduler.resource.Settings.Requires;

/** Whether an action could be carried out at all, from its node, its resource and the partition's standing. */
public final class Runnability {
    private static final Cause NO_NODE = Cause.of(Kind.NO_NODE, "no node is available for it");
    private static final Cause NO_FENCING = Cause.of(
            Kind.FENCING, Source.option("fencing-enabled"), "fencing is enabled, and no fence device is configured");
    private static final Cause NO_QUORUM =
            Cause.of(Kind.QUORUM, Source.option("no-quorum-policy"), "there is no quorum");
    private static final Cause FROZEN = Cause.of(
            Kind.QUORUM,
            Source.option("no-quorum-policy"),
            "there is no quorum, and no-quorum-policy is freeze: what does not run stays as it is");

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
                action.hindrance = Cause.of(
                        Kind.UNMANAGED,
                        Source.of("primitive", primitive.configured.id()),
                        primitive.id + " is blocked by a failure");
            }
        }
        if (node == null) {
            refuse(action, primitive.nextRoleReason.isSaid() ? primitive.nextRoleReason : NO_NODE);
        } else if (!node.online && (node.kind != ClusterNode.Kind.GUEST || node.requiresReset)) {
            refuse(action, ofNode(node, "node " + node + " is offline"));
        } else if (node.pending && !node.isRemoteOrGuest()) {
            refuse(action, ofNode(node, "node " + node + " is still joining"));
        }
        if (node != null && permission.isBeyondReach(node)) {
            refuse(action, ofNode(node, "the host of " + node + " cannot be fenced"));
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
            refuse(action, NO_FENCING);
            return;
        }
        if (options.quorate()) {
            return;
        }
        switch (options.noQuorumPolicy()) {
            case STOP, FENCE -> refuse(action, NO_QUORUM);
            case DEMOTE -> {
                // What has roles stays, in the lower one; all else stops.
                if (action.is("promote") || !primitive.promotable() || !primitive.role.isActive()) {
                    refuse(action, NO_QUORUM);
                }
            }
            case FREEZE -> {
                boolean promoted = primitive.nextRole == Role.PROMOTED && primitive.role != Role.PROMOTED;
                if (primitive.active.isEmpty() || promoted) {
                    refuse(action, FROZEN);
                }
            }
            case IGNORE -> {}
        }
    }

    private static Cause ofNode(ClusterNode node, String text) {
        return new Cause(Kind.NODE, Source.node(node.name), node.name, text);
    }

    private static void refuse(Action action, Cause reason) {
        action.runnable = false;
        action.hindrance = reason;
    }
}
