package org.ringfence.scheduler.action;

import org.ringfence.scheduler.cluster.ClusterNode;
import org.ringfence.scheduler.cluster.Options;
import org.ringfence.scheduler.resource.Primitive;
import org.ringfence.scheduler.resource.Resources;

/** Whether this partition has the means and the right to fence a node. */
public final class FencingPermission {
    private final Options options;
    private final Resources resources;
    private final boolean devices;

    public FencingPermission(Options options, Resources resources) {
        this.options = options;
        this.resources = resources;
        this.devices = options.watchdog()
                || resources.primitives().stream()
                        .anyMatch(primitive -> primitive.isFenceDevice() && !primitive.removed);
    }

    /** Whether a guest is out of reach for good: its host is lost, and nothing can be done about that. */
    boolean isBeyondReach(ClusterNode guest) {
        return guest.kind == ClusterNode.Kind.GUEST
                && resources.byId(guest.container) instanceof Primitive container
                && container.active.stream().anyMatch(host -> host.unclean && !canFence(host));
    }

    /** A guest is reset by ending its container, which can be done where that container's host can be dealt with. */
    boolean canFence(ClusterNode node) {
        if (node.kind == ClusterNode.Kind.GUEST) {
            return !(resources.byId(node.container) instanceof Primitive container)
                    || container.active.stream().allMatch(host -> (host.online && !host.unclean) || canFence(host));
        }
        if (!options.fencingEnabled() || !devices) {
            return false;
        }
        return options.quorateOrIgnored()
                || (options.noQuorumPolicy() == Options.QuorumPolicy.FENCE && node.online)
                || (node.inMembership && node.online);
    }
}
