package org.ringfence.scheduler.action;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.ringfence.model.status.OperationRecord;
import org.ringfence.scheduler.cluster.ClusterNode;
import org.ringfence.scheduler.resource.Primitive;
import org.ringfence.scheduler.resource.Resource;

/** All actions of a run, found by resource and task, and the orderings between them. */
public final class Actions {
    /** More than most have; what is seldom exceeded seldom has to grow. */
    private static final int ORDERINGS_OF_ONE = 8;

    private final List<Action> all = new ArrayList<>();
    /** By the resources' positions. */
    private @Nullable TaskTable[] byResource = new @Nullable TaskTable[1 << 8];

    private final Map<String, Action> named = new LinkedHashMap<>();
    private final OrderingTable orderings;
    private final Runnability runnability;

    /** A task of another resource that waits for a stop, also where there is nothing to be stopped. */
    record AfterStop(Resource then, String task, boolean onNode) {}

    /** @param primitives how many there are: most orderings are theirs */
    public Actions(int primitives, Runnability runnability) {
        this.orderings = new OrderingTable(primitives * ORDERINGS_OF_ONE);
        this.runnability = runnability;
    }

    public List<Action> all() {
        return all;
    }

    /** The action of a resource on a node: made when there is none, necessary from now on when it is so here. */
    public Action get(Resource resource, String task, @Nullable ClusterNode node, boolean optional) {
        return get(resource, task, 0, node, optional);
    }

    public Action get(Resource resource, String task, long interval, @Nullable ClusterNode node, boolean optional) {
        TaskTable known = table(resource);
        List<Action> elsewhere = known.of(task, interval);
        for (int index = 0; index < elsewhere.size(); index++) {
            Action action = elsewhere.get(index);
            if (action.node == node) {
                if (!optional) {
                    action.optional = false;
                }
                return action;
            }
        }
        String key = elsewhere.isEmpty() ? key(resource, task, interval) : elsewhere.getFirst().key;
        var made = new Action(all.size() + 1, key, task, interval, resource, node);
        made.optional = optional;
        made.pseudo = !(resource instanceof Primitive);
        all.add(made);
        known.add(made);
        runnability.judge(made);
        return made;
    }

    private static String key(Resource resource, String task, long interval) {
        String name = resource instanceof Primitive primitive ? primitive.actionName() : resource.id;
        return name + "_" + task + "_" + interval;
    }

    /** The end of an operation that is repeated on a node. */
    public Action cancel(Primitive primitive, String operation, long interval, ClusterNode node) {
        Action cancel = get(primitive, "cancel_" + operation, interval, node, false);
        cancel.cancelled = operation;
        cancel.key = primitive.actionName() + "_" + operation + "_" + interval;
        return cancel;
    }

    /** The same, for one that is known by its call. */
    public Action cancel(Primitive primitive, OperationRecord repeated, ClusterNode node) {
        Action cancel =
                cancel(primitive, repeated.operation(), repeated.interval().toMillis(), node);
        cancel.attributes.put("CRM_meta_call_id", Integer.toString(repeated.callId()));
        return cancel;
    }

    /** A point in the order, or something done to a node, by its own name. */
    public Action named(String key, String task, @Nullable ClusterNode node, boolean pseudo) {
        return named.computeIfAbsent(key, _ -> {
            var made = new Action(all.size() + 1, key, task, 0, null, node);
            made.pseudo = pseudo;
            made.optional = true;
            all.add(made);
            return made;
        });
    }

    public @Nullable Action named(String key) {
        return named.get(key);
    }

    /** Something that has no place to be done still has an action, which cannot be done, for others to wait for. */
    public void assure(Primitive primitive, String task) {
        if (of(primitive, task).isEmpty()) {
            get(primitive, task, null, true).runnable = false;
        }
    }

    private @Nullable TaskTable known(Resource resource) {
        return resource.position < byResource.length ? byResource[resource.position] : null;
    }

    private TaskTable table(Resource resource) {
        TaskTable known = known(resource);
        if (known == null) {
            if (resource.position >= byResource.length) {
                byResource = Arrays.copyOf(byResource, resource.position * 2);
            }
            known = new TaskTable();
            byResource[resource.position] = known;
        }
        return known;
    }

    /** The actions of a resource with a task, on whatever node. */
    public List<Action> of(Resource resource, String task) {
        TaskTable known = known(resource);
        return known == null ? List.of() : known.of(task, 0);
    }

    List<AfterStop> afterStop(Resource resource) {
        TaskTable known = known(resource);
        return known == null ? List.of() : known.afterStop;
    }

    public List<Action> ofAll(Resource resource) {
        TaskTable known = known(resource);
        return known == null ? List.of() : known.all();
    }

    /** What is repeated of a resource, and the ends of that. */
    List<Action> repeated(Resource resource) {
        TaskTable known = known(resource);
        return known == null ? List.of() : known.repeated();
    }

    public @Nullable Action find(Resource resource, String task, @Nullable ClusterNode node) {
        for (Action action : of(resource, task)) {
            if (action.node == node) {
                return action;
            }
        }
        return null;
    }

    /** The same, but only for what happens on one node. */
    public void orderOnNode(Resource first, String firstTask, Resource then, String thenTask) {
        recordAfterStop(first, firstTask, then, thenTask, true);
        for (Action after : of(then, thenTask)) {
            order(find(first, firstTask, after.node), after, 0);
        }
    }

    private void recordAfterStop(Resource first, String task, Resource then, String thenTask, boolean onNode) {
        if (first != then && first instanceof Primitive && task.equals("stop")) {
            table(first).afterStop.add(new AfterStop(then, thenTask, onNode));
        }
    }

    /** Orders one action before all of another resource with a task. */
    public void order(Action first, Resource then, String thenTask, int kinds) {
        if (first.resource != null) {
            recordAfterStop(first.resource, first.task, then, thenTask, false);
        }
        for (Action after : of(then, thenTask)) {
            order(first, after, kinds);
        }
    }

    /** Orders two actions; what is asked of the same pair more than once adds up. */
    public void order(@Nullable Action first, @Nullable Action then, int kinds) {
        if (first == null || then == null || first == then) {
            return;
        }
        orderings.order(first, then, kinds);
    }

    public void order(Resource first, String firstTask, Resource then, String thenTask, int kinds) {
        recordAfterStop(first, firstTask, then, thenTask, false);
        List<Action> before = of(first, firstTask);
        List<Action> after = before.isEmpty() ? before : of(then, thenTask);
        for (int index = 0; index < before.size(); index++) {
            for (int next = 0; next < after.size(); next++) {
                order(before.get(index), after.get(next), kinds);
            }
        }
    }
}
