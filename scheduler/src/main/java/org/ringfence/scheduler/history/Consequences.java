package org.ringfence.scheduler.history;

import org.ringfence.model.value.Score;
import org.ringfence.scheduler.cluster.ClusterNode;
import org.ringfence.scheduler.cluster.Options;
import org.ringfence.scheduler.reason.Cause;
import org.ringfence.scheduler.reason.Cause.Kind;
import org.ringfence.scheduler.reason.Source;
import org.ringfence.scheduler.resource.Clone;
import org.ringfence.scheduler.resource.NodeFencing;
import org.ringfence.scheduler.resource.OnFail;
import org.ringfence.scheduler.resource.Primitive;
import org.ringfence.scheduler.resource.Resource;
import org.ringfence.scheduler.resource.Role;

/** What a resource's operations on a node mean for the resource and for the node, as {@code on-fail} asks. */
final class Consequences {
    private final Options options;
    private final NodeFencing fencing;

    Consequences(Options options, NodeFencing fencing) {
        this.options = options;
        this.fencing = fencing;
    }

    /**
     * What the operations of one resource on one node add up to.
     *
     * @param known whether any of them says something about the resource
     */
    record Sum(Primitive primitive, ClusterNode node, Role role, OnFail onFail, boolean failed, boolean known) {}

    /** Carries over to the resource what its operations on one node came to. */
    void settle(Sum reading) {
        Primitive primitive = reading.primitive();
        ClusterNode node = reading.node();
        if (reading.known()) {
            primitive.probed[node.index] = true;
        }
        boolean active = reading.role().isActive();
        if (active && !node.online && primitive.managed && !node.maintenance) {
            activeOnOffline(primitive, node);
        }
        consequence(reading, active);
        if (active) {
            activate(primitive, node, reading);
        }
        if (primitive.state.failed && primitive.remoteNode != null && primitive.remoteNode.unclean) {
            primitive.remoteNode.unseen = false;
        }
    }

    private void consequence(Sum reading, boolean active) {
        Primitive primitive = reading.primitive();
        ClusterNode node = reading.node();
        switch (reading.onFail()) {
            case IGNORE -> {}
            case DEMOTE -> primitive.state.demote = true;
            case FENCE -> fencing.request(node, primitive.id + " failed there");
            case STANDBY -> {
                node.standby = true;
                node.standbyOnFail = true;
            }
            case BLOCK -> {
                if (node.unclean) {
                    // Fencing does what the resource's own stop did not.
                    break;
                }
                primitive.managed = false;
                primitive.blocked = true;
            }
            case BAN -> primitive.scores[node.index] = -Score.INFINITY;
            case STOP -> stop(primitive);
            case RESTART -> {
                if (active) {
                    primitive.state.failed = true;
                }
            }
            case RESTART_CONTAINER -> {
                primitive.state.failed = true;
                if (primitive.container != null) {
                    primitive.container.state.restartForContents = true;
                }
            }
            case RESET_REMOTE -> {
                primitive.state.failed = true;
                ClusterNode remote = primitive.remoteNode;
                if (options.fencingEnabled()
                        && remote != null
                        && remote.kind == ClusterNode.Kind.REMOTE
                        && !remote.wasReset) {
                    fencing.request(remote, "its connection " + primitive.id + " failed and cannot be recovered");
                }
                if (primitive.reconnectMillis() > 0) {
                    primitive.nextRole = Role.STOPPED;
                    primitive.nextRoleReason = Cause.of(
                            Kind.FAILED,
                            Source.of("primitive", primitive.id),
                            "it failed, and reconnect_interval is not over yet");
                }
            }
        }
        if (reading.failed() && reading.onFail() != OnFail.IGNORE && reading.onFail() != OnFail.DEMOTE && active) {
            primitive.state.failed = true;
        }
    }

    /** It stays down; so do all instances of a clone that nothing tells apart. */
    private static void stop(Primitive primitive) {
        Clone clone = primitive.cloneOf();
        Resource concerned = clone == null || clone.unique ? primitive : clone;
        concerned.visitPrimitives(each -> {
            each.nextRole = Role.STOPPED;
            each.nextRoleReason = Cause.of(
                    Kind.FAILED, Source.of("primitive", primitive.id), "an operation with on-fail=stop failed");
        });
    }

    /** What left in order stopped everything there before; here something still counts as active. */
    private void activeOnOffline(Primitive primitive, ClusterNode node) {
        String reason = primitive.id + " is thought to be active there";
        switch (node.kind) {
            case GUEST -> {
                primitive.state.failed = true;
                fencing.request(node, reason);
            }
            case REMOTE -> {
                if (options.fencingEnabled()) {
                    // Not needed if its connection comes up somewhere, unless that failed.
                    node.unseen |= !fencing.connectionFailed(node);
                    fencing.request(node, reason);
                }
            }
            case MEMBER -> {
                if (options.fencingEnabled() && !node.unclean) {
                    fencing.request(node, reason);
                }
            }
        }
    }

    private void activate(Primitive primitive, ClusterNode node, Sum reading) {
        if (!primitive.active.contains(node)) {
            primitive.active.add(node);
        }
        if (reading.role().compareTo(primitive.role) > 0) {
            primitive.role = reading.role();
        }
        for (Resource above = primitive.parent; above != null; above = above.parent) {
            if (!above.active.contains(node)) {
                above.active.add(node);
            }
        }
        if (primitive.active.size() > 1 && primitive.managed) {
            multiplyActive(primitive);
        }
    }

    private void multiplyActive(Primitive primitive) {
        primitive.state.multiplyActive = true;
        switch (primitive.settings.multipleActive()) {
            case STOP_ONLY -> {
                primitive.nextRole = Role.STOPPED;
                primitive.nextRoleReason = Cause.of(
                        Kind.PLACE,
                        Source.meta(primitive.id, "multiple-active"),
                        "it is active on more than one node, and multiple-active is stop_only");
                primitive.state.stopOnly = true;
            }
            case BLOCK -> {
                primitive.managed = false;
                primitive.blocked = true;
            }
            case STOP_UNEXPECTED -> primitive.state.stopUnexpected = true;
            case STOP_START -> {}
        }
    }
}
