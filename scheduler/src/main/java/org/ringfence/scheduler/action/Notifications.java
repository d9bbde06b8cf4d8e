package org.ringfence.scheduler.action;

import static org.ringfence.scheduler.action.Ordering.THEN_NEEDS_FIRST;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.ringfence.scheduler.cluster.ClusterNode;
import org.ringfence.scheduler.resource.Bundle;
import org.ringfence.scheduler.resource.Clone;
import org.ringfence.scheduler.resource.Primitive;
import org.ringfence.scheduler.resource.Resource;
import org.ringfence.scheduler.resource.Resources;
import org.ringfence.scheduler.resource.Role;

/**
 * Tells the instances of a clone with {@code notify} what is about to happen to others of them, and what has happened:
 * before and after all demotes, stops, starts and promotes that take place.
 */
public final class Notifications {
    private static final List<String> TASKS = List.of("demote", "stop", "start", "promote");

    private final Actions actions;

    public Notifications(Actions actions) {
        this.actions = actions;
    }

    /** For when it is settled what has to be done. */
    public void create(Resources resources) {
        for (Resource resource : resources.top()) {
            Clone clone =
                    resource instanceof Clone found ? found : resource instanceof Bundle bundle ? bundle.child : null;
            if (clone != null && clone.notify) {
                create(clone);
            }
        }
    }

    private void create(Clone clone) {
        List<Primitive> instances = new ArrayList<>();
        clone.visitPrimitives(instances::add);
        Action previous = null;
        for (String task : TASKS) {
            Action begun = actions.find(clone, task, null);
            Action done = actions.find(clone, CollectiveActions.done(task), null);
            if (begun == null || done == null || begun.optional || !begun.runnable || !happens(instances, task)) {
                continue;
            }
            Action before = point(clone, "pre_notify_" + task, "notify", task, "pre");
            Action beforeDone = point(clone, "confirmed-pre_notify_" + task, "notified", task, "pre");
            String what = CollectiveActions.done(task);
            Action after = point(clone, "post_notify_" + what, "notify", what, "post");
            Action afterDone = point(clone, "confirmed-post_notify_" + what, "notified", what, "post");
            actions.order(before, beforeDone, 0);
            actions.order(beforeDone, begun, 0);
            actions.order(done, after, 0);
            actions.order(after, afterDone, 0);
            actions.order(previous, before, 0);
            if (clone.parent != null) {
                actions.order(afterDone, actions.find(clone.parent, what, null), 0);
            }
            previous = afterDone;
            for (Primitive instance : instances) {
                before(instance, task, before, beforeDone);
                after(instance, task, after, afterDone);
            }
        }
    }

    private boolean happens(List<Primitive> instances, String task) {
        for (Primitive instance : instances) {
            for (Action action : actions.of(instance, task)) {
                if (action.isRequired() && action.runnable) {
                    return true;
                }
            }
        }
        return false;
    }

    private Action point(Clone clone, String name, String task, String operation, String type) {
        Action point = actions.get(clone, name, null, false);
        point.attributes.put("CRM_meta_notify_key_operation", operation);
        point.attributes.put("CRM_meta_notify_key_type", (task.equals("notified") ? "confirmed-" : "") + type);
        point.operation = task;
        point.priority = 1_000_000;
        return point;
    }

    private static boolean goesDown(String task) {
        return task.equals("stop") || task.equals("demote");
    }

    private void before(Primitive instance, String task, Action before, Action beforeDone) {
        if (task.equals("promote")) {
            beforePromotion(instance, before, beforeDone);
        }
        for (ClusterNode node : instance.active) {
            Action stop = actions.find(instance, "stop", node);
            if (!goesDown(task) && stop != null && stop.isRequired()) {
                continue;
            }
            if (task.equals("stop") && hearsOf(instance, "pre_notify_demote", node)) {
                hears(instance, "pre_notify_stop", node, before, beforeDone);
                continue;
            }
            hears(instance, "pre_notify_" + task, node, before, beforeDone);
        }
    }

    /** One that is to be promoted as soon as it has started hears of that too. */
    private void beforePromotion(Primitive instance, Action before, Action beforeDone) {
        ClusterNode node = instance.assigned;
        if (node == null || instance.active.contains(node) || instance.nextRole != Role.PROMOTED) {
            return;
        }
        hears(instance, "pre_notify_promote", node, before, beforeDone);
    }

    private boolean hearsOf(Primitive instance, String name, ClusterNode node) {
        return actions.find(instance, name, node) != null;
    }

    private void after(Primitive instance, String task, Action after, Action afterDone) {
        if (goesDown(task)) {
            for (ClusterNode node : instance.active) {
                Action stop = actions.find(instance, "stop", node);
                if (task.equals("demote") || stop == null || stop.optional) {
                    hears(instance, "post_notify_" + task, node, after, afterDone);
                }
            }
            return;
        }
        ClusterNode node = instance.assigned;
        if (node == null || !instance.nextRole.isActive()) {
            return;
        }
        Action start = actions.find(instance, "start", node);
        if (start == null || start.optional || start.runnable) {
            hears(instance, "post_notify_" + task, node, after, afterDone);
        }
    }

    private void hears(Primitive instance, String name, @Nullable ClusterNode node, Action begun, Action done) {
        if (node == null || !node.online || node.unclean || node.requiresReset) {
            return;
        }
        Action notify = actions.get(instance, name, node, false);
        notify.operation = "notify";
        notify.attributes.putAll(begun.attributes);
        actions.order(begun, notify, 0);
        actions.order(notify, done, THEN_NEEDS_FIRST);
    }
}
