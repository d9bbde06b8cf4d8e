package org.ringfence.scheduler.action;

import static org.ringfence.scheduler.action.Ordering.FIRST_IF_THEN;
import static org.ringfence.scheduler.action.Ordering.THEN_IF_FIRST;

import java.util.Comparator;
import java.util.List;
import org.ringfence.scheduler.cluster.ClusterNode;
import org.ringfence.scheduler.cluster.Options;
import org.ringfence.scheduler.history.ParameterChanges;
import org.ringfence.scheduler.reason.Cause;
import org.ringfence.scheduler.reason.Cause.Kind;
import org.ringfence.scheduler.resource.Primitive;
import org.ringfence.scheduler.resource.Resources;
import org.ringfence.scheduler.resource.Settings.Requires;

/**
 * Where a fence device gives nodes their access to what they share ({@code provides=unfencing}), a node is switched on by it
 * before anything that needs this, or a fence device, is looked for or started there; again when the device has changed,
 * for then the access given before is worth nothing. The node attribute {@code #node-unfenced} says when it was done last,
 * {@code #digests-all} with which devices.
 */
public final class Unfencing {
    private final Options options;
    private final Resources resources;
    private final ParameterChanges changes;
    private final Actions actions;
    private final List<Primitive> devices;

    public Unfencing(Options options, Resources resources, ParameterChanges changes, Actions actions) {
        this.options = options;
        this.resources = resources;
        this.changes = changes;
        this.actions = actions;
        this.devices = resources.primitives().stream()
                .filter(primitive -> primitive.isFenceDevice() && primitive.settings.unfencing())
                .sorted(Comparator.comparing(primitive -> primitive.id))
                .toList();
    }

    /** For when all resources' actions are there. */
    public void create() {
        if (devices.isEmpty() || !options.fencingEnabled()) {
            return;
        }
        for (Primitive primitive : resources.primitives()) {
            if (primitive.isFenceDevice() || primitive.settings.requires() == Requires.UNFENCING) {
                order(primitive);
            }
        }
        for (Primitive device : devices) {
            for (ClusterNode node : device.active) {
                if (device.state.restartForParameters && reachable(node)) {
                    require(on(node), "the definition of " + device.id + " changed");
                }
            }
        }
    }

    private void order(Primitive primitive) {
        for (Action action : List.copyOf(actions.ofAll(primitive))) {
            ClusterNode node = action.node;
            if (node == null || node.kind == ClusterNode.Kind.GUEST || action.intervalMillis > 0) {
                continue;
            }
            switch (action.task) {
                case "monitor" -> before(action, node, 0);
                case "start" -> before(action, node, THEN_IF_FIRST);
                case "stop" -> {
                    if (!primitive.isFenceDevice() && reachable(node)) {
                        actions.order(action, on(node), FIRST_IF_THEN);
                    }
                }
                default -> {}
            }
        }
    }

    private void before(Action action, ClusterNode node, int kinds) {
        Action on = on(node);
        actions.order(on, action, kinds);
        if (!isOn(node) && reachable(node)) {
            require(on, "required by " + (action.resource == null ? action.key : action.resource.id));
        }
    }

    private static boolean reachable(ClusterNode node) {
        return node.online && !node.unclean && !node.shutdown;
    }

    private static boolean isOn(ClusterNode node) {
        String since = node.attributes.getOrDefault("#node-unfenced", "0");
        return !since.isEmpty() && !since.equals("0");
    }

    private static void require(Action on, String reason) {
        on.optional = false;
        if (!on.cause.isSaid()) {
            on.cause = Cause.of(Kind.FENCING, reason);
        }
    }

    private Action on(ClusterNode node) {
        String key = "stonith-" + node.name + "-on";
        Action known = actions.named(key);
        if (known != null) {
            return known;
        }
        Action on = actions.named(key, "stonith", node, false);
        on.attributes.put("CRM_meta_stonith_action", "on");
        describe(on, node);
        if (devicesChanged(node) && reachable(node)) {
            require(on, "a device that gives it access changed");
        }
        return on;
    }

    /** Tells the fencer's caller what to remember for the node, by device name, so that a change is noticed later. */
    void describe(Action fencing, ClusterNode node) {
        var all = new StringBuilder();
        var plain = new StringBuilder();
        for (Primitive device : devices) {
            String name = device.id + ":" + device.agent().type() + ":";
            all.append(name).append(changes.digest(device, node)).append(',');
            plain.append(name)
                    .append(changes.digestWithoutSecrets(device, node))
                    .append(',');
        }
        if (!devices.isEmpty()) {
            fencing.attributes.put("CRM_meta_digests_all", all.toString());
            fencing.attributes.put("CRM_meta_digests_secure", plain.toString());
        }
    }

    private boolean devicesChanged(ClusterNode node) {
        String then = node.attributes.getOrDefault("#digests-all", "");
        if (then.isEmpty()) {
            return false;
        }
        for (Primitive device : devices) {
            String now = device.id + ":" + device.agent().type() + ":" + changes.digest(device, node) + ",";
            if (!then.contains(now)) {
                return true;
            }
        }
        return false;
    }
}
