package org.ringfence.scheduler.history;

import org.ringfence.scheduler.cluster.ClusterNode;
import org.ringfence.scheduler.resource.Primitive;
import org.ringfence.scheduler.resource.Resources;
import org.ringfence.scheduler.resource.Role;

/** Whether remote and guest nodes are online follows from their connection, and for guests from what they run in. */
final class RemoteNodes {
    private final Resources resources;

    RemoteNodes(Resources resources) {
        this.resources = resources;
    }

    /** Whether the history read so far shows that the node can be reached. */
    boolean isUp(ClusterNode node) {
        if (!(resources.byId(node.connection) instanceof Primitive connection)) {
            return false;
        }
        Primitive container = connection.container;
        return connection.role == Role.STARTED && (container == null || container.role == Role.STARTED);
    }

    /** Sets the node's standing from what is known of its connection and container. */
    void settle(ClusterNode node) {
        if (!(resources.byId(node.connection) instanceof Primitive connection)) {
            return;
        }
        Primitive container = connection.container;
        node.online = connection.role == Role.STARTED;
        if (node.online && connection.nextRole == Role.STOPPED) {
            node.shutdown = true;
        }
        if (container != null && node.online && container.nextRole == Role.STOPPED) {
            node.shutdown = true;
        }
        if (container != null && container.state.failed) {
            node.online = false;
            node.requiresReset = true;
        } else if (connection.state.failed) {
            node.online = false;
        } else if (!connection.role.isActive() || (container != null && !container.role.isActive())) {
            node.online = false;
            node.requiresReset = false;
        } else if (container != null && container.active.size() == 1 && isLost(container.active.getFirst())) {
            node.online = false;
            node.requiresReset = true;
        }
    }

    private static boolean isLost(ClusterNode host) {
        return !host.online && host.unclean;
    }
}
