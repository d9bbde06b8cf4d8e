package org.ringfence.scheduler.action;

import static org.ringfence.scheduler.action.Ordering.THEN_NEEDS_FIRST;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.ringfence.scheduler.cluster.ClusterNode;
import org.ringfence.scheduler.cluster.Nodes;
import org.ringfence.scheduler.resource.Bundle;
import org.ringfence.scheduler.resource.Clone;
import org.ringfence.scheduler.resource.Primitive;
import org.ringfence.scheduler.resource.Resource;
import org.ringfence.scheduler.resource.Resources;

/**
 * Tells the instances of a clone with {@code notify} what is about to happen to others of them, and what has happened:
 * before and after all demotes, stops, starts and promotes that take place.
 */
public final class Notifications {
    static final List<String> TASKS = List.of("demote", "stop", "start", "promote");

    private final ClonePicture picture;
    private final Actions actions;

    public Notifications(Nodes nodes, Resources resources, Actions actions) {
        this.picture = new ClonePicture(nodes, resources, actions);
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
            passOn(clone, done, afterDone);
            previous = afterDone;
            for (Primitive instance : instances) {
                before(instance, task, before, beforeDone);
                after(instance, task, after, afterDone);
            }
            if (task.equals("stop")) {
                instances.forEach(instance -> fenced(instance, instances));
            }
        }
        tell(clone, instances);
    }

    /** Of a stop that comes about by fencing the others hear when that is confirmed. */
    private void fenced(Primitive instance, List<Primitive> instances) {
        for (Action stop : List.copyOf(actions.of(instance, "stop"))) {
            Action fencing = stop.pseudo && stop.isRequired() ? fencing(stop) : null;
            if (fencing == null) {
                continue;
            }
            Action begun = ownPoint(instance, "post_notify_stop", "notify", "post");
            Action done = ownPoint(instance, "notified", "notified", "confirmed-post");
            actions.order(fencing, begun, 0);
            for (Primitive other : instances) {
                for (Action heard : List.copyOf(actions.of(other, "post_notify_stop"))) {
                    if (heard.node != null) {
                        heard.attributes.put("CRM_meta_notify_key_operation", "stonith");
                        actions.order(begun, heard, 0);
                        actions.order(heard, done, 0);
                    }
                }
            }
        }
    }

    private @Nullable Action fencing(Action stop) {
        return actions.all().stream()
                .filter(action -> action.is("stonith") && action.isRequired() && action.node == stop.node)
                .findFirst()
                .orElse(null);
    }

    private Action ownPoint(Primitive instance, String name, String operation, String type) {
        Action point = actions.get(instance, name, null, false);
        point.pseudo = true;
        point.runnable = true;
        point.operation = operation;
        point.attributes.put("CRM_meta_notify_key_operation", "stonith");
        point.attributes.put("CRM_meta_notify_key_type", type);
        return point;
    }

    /** Those that hear of changes, and those that change, are told of all of it. */
    private void tell(Clone clone, List<Primitive> instances) {
        List<Action> told = new ArrayList<>();
        for (Primitive instance : instances) {
            for (Action action : actions.ofAll(instance)) {
                if (action.operation.equals("notify") || (action.isRequired() && TASKS.contains(action.task))) {
                    told.add(action);
                }
            }
        }
        if (!told.isEmpty()) {
            Map<String, String> all = picture.of(clone, instances);
            told.forEach(action -> action.attributes.putAll(all));
        }
    }

    /** Who waits from outside for what happens in the clone waits until all have heard of it. */
    private void passOn(Clone clone, Action done, Action heard) {
        for (Ordering ordering : List.copyOf(done.after)) {
            Resource waiting = ordering.then.resource;
            if (waiting == null || (waiting != clone && waiting.cloneOf() != clone)) {
                actions.order(heard, ordering.then, ordering.kinds);
            }
        }
    }

    private boolean happens(List<Primitive> instances, String task) {
        for (Primitive instance : instances) {
            for (Action action : actions.of(instance, task)) {
                if (action.isRequired() && (action.runnable || task.equals("stop"))) {
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

    /**
     * What goes down is announced to those that are up now, what comes up to those that are going to be: a start not to who
     * starts itself, a promotion even to who has only just started.
     */
    private void before(Primitive instance, String task, Action before, Action beforeDone) {
        if (goesDown(task)) {
            instance.active.forEach(node -> hears(instance, "pre_notify_" + task, node, before, beforeDone));
            return;
        }
        Action start = start(instance);
        boolean starts = start != null && start.isRequired();
        if (comesUp(instance) && !(task.equals("start") && starts)) {
            hears(instance, "pre_notify_" + task, instance.assigned, before, beforeDone);
        }
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
        if (comesUp(instance)) {
            hears(instance, "post_notify_" + task, instance.assigned, after, afterDone);
        }
    }

    private boolean comesUp(Primitive instance) {
        Action start = start(instance);
        return instance.assigned != null
                && instance.nextRole.isActive()
                && (start == null || start.optional || start.runnable);
    }

    private @Nullable Action start(Primitive instance) {
        return actions.find(instance, "start", instance.assigned);
    }

    /** Nothing is done on a node in maintenance, nor is anything told there. */
    private void hears(Primitive instance, String name, @Nullable ClusterNode node, Action begun, Action done) {
        if (node == null || !node.online || node.unclean || node.requiresReset || node.maintenance) {
            return;
        }
        Action notify = actions.get(instance, name, node, false);
        notify.operation = "notify";
        notify.attributes.putAll(begun.attributes);
        boolean before = name.startsWith("pre_");
        notify.attributes.put("CRM_meta_notify_type", before ? "pre" : "post");
        notify.attributes.put("CRM_meta_notify_operation", name.substring(name.lastIndexOf('_') + 1));
        actions.order(begun, notify, 0);
        actions.order(notify, done, THEN_NEEDS_FIRST);
        if (name.startsWith("post_")) {
            watchAfter(instance, done);
        }
    }

    /** An instance that hears of something is watched only when all have heard of it. */
    private void watchAfter(Primitive instance, Action heard) {
        for (Action watch : actions.repeated(instance)) {
            if (watch.cancelled.isEmpty()) {
                actions.order(heard, watch, 0);
            }
        }
    }
}
