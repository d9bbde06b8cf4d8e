package org.ringfence.scheduler.resource;

import org.jspecify.annotations.Nullable;
import org.ringfence.scheduler.cluster.ClusterNode;

/** Declares nodes lost. A member or remote node is then fenced; a guest is reset by restarting what it runs in. */
public final class NodeFencing {
    private final Resources resources;

    public NodeFencing(Resources resources) {
        this.resources = resources;
    }

    /** @param reason a clause that says what happened, for the operator */
    public void request(ClusterNode node, String reason) {
        switch (node.kind) {
            case GUEST -> resetGuest(node, reason);
            case REMOTE -> {
                if (resources.byId(node.connection) instanceof Primitive connection && !connection.managed) {
                    return;
                }
                node.requiresReset = true;
                unclean(node, reason);
            }
            case MEMBER -> unclean(node, reason);
        }
    }

    private static void unclean(ClusterNode node, String reason) {
        node.unclean = true;
        node.fencingReasons.add(reason);
    }

    private void resetGuest(ClusterNode node, String reason) {
        Primitive container = container(node);
        if (container != null && !container.state.failed && container.managed) {
            container.state.failed = true;
            node.requiresReset = true;
            node.fencingReasons.add(reason);
        }
    }

    public boolean connectionFailed(ClusterNode node) {
        return resources.byId(node.connection) instanceof Primitive connection && connection.state.failed;
    }

    /** What the guest runs in; null for nodes that are none, and when it is not configured any more. */
    public @Nullable Primitive container(ClusterNode node) {
        return resources.byId(node.container) instanceof Primitive container ? container : null;
    }
}
