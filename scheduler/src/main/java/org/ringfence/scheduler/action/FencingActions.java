package org.ringfence.scheduler.action;

import static org.ringfence.scheduler.action.Ordering.FIRST_IF_THEN;
import static org.ringfence.scheduler.action.Ordering.GENERATED;
import static org.ringfence.scheduler.action.Ordering.THEN_IF_FIRST;
import static org.ringfence.scheduler.action.Ordering.THEN_NEEDS_FIRST;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.ringfence.scheduler.cluster.ClusterNode;
import org.ringfence.scheduler.cluster.Nodes;
import org.ringfence.scheduler.cluster.Options;
import org.ringfence.scheduler.reason.Cause;
import org.ringfence.scheduler.reason.Cause.Kind;
import org.ringfence.scheduler.reason.Source;
import org.ringfence.scheduler.resource.Bundle;
import org.ringfence.scheduler.resource.Primitive;
import org.ringfence.scheduler.resource.Resource;
import org.ringfence.scheduler.resource.Resources;
import org.ringfence.scheduler.resource.Settings.Requires;

/**
 * Fencing of nodes that are lost or misbehave, and the leave of those that shut down. What ran on a fenced node counts as
 * stopped by it; nothing that such a node may hold is started before its fencing is confirmed.
 */
public final class FencingActions {
    private final Options options;
    private final Nodes nodes;
    private final Resources resources;
    private final Unfencing unfencing;
    private final Actions actions;
    private final FencingPermission permission;
    private final List<Action> fencing = new ArrayList<>();
    private final List<Action> shutdowns = new ArrayList<>();
    private final FencingDelay delay;

    public FencingActions(
            Options options,
            Nodes nodes,
            Resources resources,
            Unfencing unfencing,
            FencingPermission permission,
            Actions actions) {
        this.options = options;
        this.nodes = nodes;
        this.resources = resources;
        this.unfencing = unfencing;
        this.actions = actions;
        this.permission = permission;
        this.delay = new FencingDelay(options, nodes, resources);
    }

    /**
     * Nothing is fenced while no resource is managed, as in maintenance: fencing is there to recover resources, and none could
     * be.
     */
    public void create() {
        boolean recovers = resources.top().stream().anyMatch(resource -> resource.managed);
        @Nullable Action ownFencing = null;
        for (ClusterNode node : nodes.all()) {
            if (node.kind == ClusterNode.Kind.GUEST) {
                continue;
            }
            if (node.unclean && recovers && permission.canFence(node)) {
                Action action = fence(node);
                if (isController(node)) {
                    ownFencing = action;
                } else {
                    fencing.add(action);
                }
            } else if (node.shutdown && node.online && node.kind == ClusterNode.Kind.MEMBER) {
                shutdown(node);
            }
        }
        orderShutdowns();
        // Who decides this is fenced last.
        if (ownFencing != null) {
            for (Action other : fencing) {
                actions.order(other, ownFencing, 0);
            }
            fencing.add(ownFencing);
        }
        Action own = ownFencing;
        if (!options.concurrentFencing()) {
            fencing.sort(Comparator.comparing((Action action) -> action == own)
                    .thenComparing(action -> String.valueOf(action.node)));
            for (int index = 1; index < fencing.size(); index++) {
                actions.order(fencing.get(index - 1), fencing.get(index), 0);
            }
        }
        fencing.forEach(this::forgetAfter);
        fencing.addAll(guestResets());
        for (Primitive primitive : resources.primitives()) {
            for (Action action : fencing) {
                depend(primitive, action);
            }
        }
    }

    /** For when it is known which hosts are fenced. */
    private List<Action> guestResets() {
        return nodes.all().stream()
                .filter(node -> node.kind == ClusterNode.Kind.GUEST && node.requiresReset && permission.canFence(node))
                .map(this::resetGuest)
                .toList();
    }

    /** A remote node's connection has failed for as long as the node is not fenced. */
    private void forgetAfter(Action fence) {
        if (fence.node != null && resources.byId(fence.node.connection) instanceof Primitive connection) {
            actions.order(fence, connection, "clear_failcount", 0);
        }
    }

    private static boolean isController(ClusterNode node) {
        return "true".equals(node.attribute("#is_dc"));
    }

    private Action fence(ClusterNode node) {
        String how = node.kind == ClusterNode.Kind.REMOTE ? "reboot" : options.fencingAction();
        Action action = actions.named("stonith-" + node.name + "-" + how, "stonith", node, false);
        action.optional = false;
        action.attributes.put("CRM_meta_stonith_action", how);
        unfencing.describe(action, node);
        action.cause = cause(node);
        delay.of(node)
                .ifPresent(seconds -> action.attributes.put("CRM_meta_priority_fencing_delay", Long.toString(seconds)));
        return action;
    }

    private static Cause cause(ClusterNode node) {
        return node.fencingReasons.isEmpty()
                ? Cause.NONE
                : Cause.of(Kind.FENCING, Source.node(node.name), node.fencingReasons.getFirst());
    }

    /** Nobody does this: it is the point at which the restart of the container has made the guest's state certain. */
    private Action resetGuest(ClusterNode node) {
        Primitive container = resources.byId(node.container) instanceof Primitive found ? found : null;
        boolean returns =
                container != null && actions.of(container, "start").stream().anyMatch(start -> start.node != null);
        String how = returns ? "reboot" : "off";
        Action reset = actions.named("stonith-" + node.name + "-" + how, "stonith", node, true);
        reset.optional = false;
        reset.attributes.put("CRM_meta_stonith_action", how);
        reset.cause = cause(node);
        List<Action> stops = container == null ? List.of() : actions.of(container, "stop");
        for (Action stop : stops) {
            Action host = hostFencing(stop);
            actions.order(host == null ? stop : host, reset, THEN_NEEDS_FIRST | THEN_IF_FIRST);
        }
        if (stops.isEmpty() && resources.byId(node.connection) instanceof Primitive connection) {
            // It is thought to be down; if a probe shows otherwise, this has to wait.
            actions.of(connection, "stop").forEach(stop -> actions.order(stop, reset, 0));
        }
        return reset;
    }

    /** The fencing by which a stop comes about. */
    private @Nullable Action hostFencing(Action stop) {
        for (Action action : fencing) {
            if (action.node == stop.node) {
                return action;
            }
        }
        return null;
    }

    /** The one that decides leaves after the others. */
    private void orderShutdowns() {
        for (Action own : shutdowns) {
            if (own.node != null && isController(own.node)) {
                for (Action other : shutdowns) {
                    actions.order(other, own, 0);
                }
            }
        }
    }

    /** A node leaves when all on it is stopped, so not while something is blocked; what nobody manages is left running. */
    private void shutdown(ClusterNode node) {
        Action action = actions.named("do_shutdown-" + node.name, "do_shutdown", node, false);
        action.optional = false;
        action.attributes.put("CRM_meta_op_no_wait", "true");
        shutdowns.add(action);
        for (Primitive primitive : resources.primitives()) {
            Action stop = actions.find(primitive, "stop", node);
            if (stop != null && !primitive.maintenance && (primitive.managed || primitive.blocked)) {
                actions.order(stop, action, FIRST_IF_THEN | THEN_NEEDS_FIRST);
            }
        }
    }

    private void depend(Primitive primitive, Action fencing) {
        ClusterNode target = fencing.node;
        if (target == null) {
            return;
        }
        for (String task : new String[] {"stop", "demote"}) {
            Action action = actions.find(primitive, task, target);
            if (action == null) {
                continue;
            }
            action.pseudo = true;
            action.runnable = true;
            if (primitive.managed) {
                action.optional = action.optional && primitive.assigned == target;
            }
            boolean required = primitive.settings.requires().compareTo(Requires.FENCING) >= 0
                    || target.kind == ClusterNode.Kind.GUEST;
            if (!required) {
                continue;
            }
            if (primitive.replica == null || primitive.parent instanceof Bundle) {
                actions.order(fencing, action, GENERATED);
            }
            if (task.equals("demote")) {
                // What is demoted elsewhere does not wait for what is lost here.
                continue;
            }
            for (Resource above = primitive.parent; above != null && !(above instanceof Bundle); above = above.parent) {
                for (Action point : actions.of(above, task)) {
                    actions.order(fencing, point, 0);
                }
            }
        }
        for (String task : new String[] {"start", "promote"}) {
            for (Action action : actions.of(primitive, task)) {
                Requires requires = primitive.settings.requires();
                if (requires.compareTo(Requires.FENCING) >= 0) {
                    actions.order(fencing, action, THEN_NEEDS_FIRST);
                } else if (task.equals("start")
                        && requires == Requires.QUORUM
                        && !target.inBundle
                        && primitive.isListed(target)
                        && !primitive.isKnownOn(target)) {
                    // Nobody knows whether it runs there; only a node that is off settles that.
                    actions.order(fencing, action, THEN_NEEDS_FIRST);
                }
            }
        }
    }
}
