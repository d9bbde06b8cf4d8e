package org.ringfence.scheduler.history;

import org.ringfence.scheduler.cluster.ClusterNode;
import org.ringfence.scheduler.cluster.Options;
import org.ringfence.scheduler.resource.Primitive;
import org.ringfence.scheduler.resource.Resource;
import org.ringfence.scheduler.resource.Resources;
import org.ringfence.scheduler.resource.Role;

/** Whether remote and guest nodes are online follows from their connection, and for guests from what they run in. */
final class RemoteNodes {
    private final Options options;
    private final Resources resources;
    private final java.util.Set<ClusterNode> done = new java.util.HashSet<>();

    RemoteNodes(Options options, Resources resources) {
        this.options = options;
        this.resources = resources;
    }

    /** @return whether its history is to be read now */
    boolean settle(ClusterNode node) {
        if (done.contains(node)) {
            return false;
        }
        Resource found = resources.byId(node.connection);
        if (!(found instanceof Primitive connection)) {
            done.add(node);
            return false;
        }
        Primitive container = connection.container;
        boolean started = connection.role.isActive() && !connection.active.isEmpty();
        boolean failed = connection.state.failed;
        boolean containerStopped = container != null && !container.role.isActive();
        boolean containerFailed = container != null && container.state.failed;
        node.online = started;
        if (started && connection.nextRole == Role.STOPPED) {
            node.shutdown = true;
        }
        if (started && container != null && container.nextRole == Role.STOPPED) {
            node.shutdown = true;
        }
        if (containerFailed) {
            node.online = false;
            node.requiresReset = true;
        } else if (failed && !started) {
            node.online = false;
        } else if (failed) {
            node.online = false;
        } else if (!started || containerStopped) {
            node.online = false;
            node.requiresReset = false;
        } else if (container != null
                && connection.active.size() == 1
                && connection.active.getFirst().unclean
                && !connection.active.getFirst().online) {
            node.online = false;
            node.requiresReset = true;
        }
        done.add(node);
        return node.online || options.fencingEnabled() || node.kind == ClusterNode.Kind.GUEST;
    }
}
