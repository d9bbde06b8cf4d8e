package org.ringfence.scheduler.transition;

import org.jspecify.annotations.Nullable;
import org.ringfence.scheduler.action.Action;
import org.ringfence.scheduler.cluster.ClusterNode;
import org.ringfence.scheduler.resource.Primitive;
import org.ringfence.scheduler.resource.Resources;

/** Through which member an action on a remote or guest node goes, and on which host a guest is meanwhile. */
final class RemoteRouting {
    private final Resources resources;

    RemoteRouting(Resources resources) {
        this.resources = resources;
    }

    /** The member that holds the node's connection when the action is carried out; null for members themselves. */
    @Nullable
    ClusterNode router(Action action, ClusterNode node) {
        return node.isRemoteOrGuest() && resources.byId(node.connection) instanceof Primitive connection
                ? during(action, connection)
                : null;
    }

    /** Where the container of a guest node runs when the action is carried out; null for others. */
    @Nullable
    ClusterNode physicalHost(Action action, ClusterNode node) {
        return node.kind == ClusterNode.Kind.GUEST && resources.byId(node.container) instanceof Primitive container
                ? during(action, container)
                : null;
    }

    private static @Nullable ClusterNode during(Action action, Primitive moving) {
        ClusterNode before = moving.active.isEmpty() ? null : moving.active.getFirst();
        ClusterNode after = moving.assigned;
        if (before == null || after == null) {
            return before == null ? after : before;
        }
        return precedesMove(action) ? before : after;
    }

    /** What goes down goes down before the connection moves; all else comes after that. */
    private static boolean precedesMove(Action action) {
        String about = action.attributes.getOrDefault("CRM_meta_notify_key_operation", action.task);
        return switch (about) {
            case "stop", "demote", "stopped", "demoted", "migrate_to", "migrate_from" -> true;
            default -> !action.cancelled.isEmpty();
        };
    }
}
