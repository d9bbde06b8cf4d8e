package org.ringfence.scheduler.action;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
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
    private final List<Action> all = new ArrayList<>();
    private final Map<Resource, Map<String, List<Action>>> byResource = new HashMap<>();
    private final Map<String, Action> named = new LinkedHashMap<>();
    private final Map<Long, Ordering> orderings = new HashMap<>();
    private final Map<Resource, List<AfterStop>> afterStops = new HashMap<>();
    private final Runnability runnability;

    /** A task of another resource that waits for a stop, also where there is nothing to be stopped. */
    record AfterStop(Resource then, String task, boolean onNode) {}

    public Actions(Runnability runnability) {
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
        List<Action> known = byResource
                .computeIfAbsent(resource, none -> new HashMap<>())
                .computeIfAbsent(interval == 0 ? task : task + "_" + interval, none -> new ArrayList<>());
        for (Action action : known) {
            if (action.node == node) {
                if (!optional) {
                    action.optional = false;
                }
                return action;
            }
        }
        String name = resource instanceof Primitive primitive ? primitive.actionName() : resource.id;
        var made = new Action(all.size() + 1, name + "_" + task + "_" + interval, task, interval, resource, node);
        made.optional = optional;
        made.pseudo = !(resource instanceof Primitive);
        all.add(made);
        known.add(made);
        runnability.judge(made);
        return made;
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

    /** The actions of a resource with a task, on whatever node. */
    public List<Action> of(Resource resource, String task) {
        return byResource.getOrDefault(resource, Collections.emptyMap()).getOrDefault(task, List.of());
    }

    List<AfterStop> afterStop(Resource resource) {
        return afterStops.getOrDefault(resource, List.of());
    }

    public List<Action> ofAll(Resource resource) {
        var found = new ArrayList<Action>();
        byResource.getOrDefault(resource, Collections.emptyMap()).values().forEach(found::addAll);
        found.sort((left, right) -> Integer.compare(left.id, right.id));
        return found;
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
        recordAfterStop(first, firstTask, new AfterStop(then, thenTask, true));
        for (Action after : List.copyOf(of(then, thenTask))) {
            order(find(first, firstTask, after.node), after, 0);
        }
    }

    private void recordAfterStop(Resource first, String task, AfterStop after) {
        if (task.equals("stop") && first instanceof Primitive && first != after.then) {
            afterStops.computeIfAbsent(first, none -> new ArrayList<>()).add(after);
        }
    }

    /** Orders one action before all of another resource with a task. */
    public void order(Action first, Resource then, String thenTask, int kinds) {
        if (first.resource != null) {
            recordAfterStop(first.resource, first.task, new AfterStop(then, thenTask, false));
        }
        for (Action after : List.copyOf(of(then, thenTask))) {
            order(first, after, kinds);
        }
    }

    /** Orders two actions; what is asked of the same pair more than once adds up. */
    public void order(@Nullable Action first, @Nullable Action then, int kinds) {
        if (first == null || then == null || first == then) {
            return;
        }
        long pair = ((long) first.id << 32) | then.id;
        Ordering known = orderings.get(pair);
        if (known != null) {
            // Any of them that is an order makes it one.
            int unordered = known.kinds & kinds & Ordering.UNORDERED;
            known.kinds = ((known.kinds | kinds) & ~Ordering.UNORDERED) | unordered;
            return;
        }
        var made = new Ordering(first, then, kinds);
        orderings.put(pair, made);
        first.after.add(made);
        then.before.add(made);
    }

    public void order(Resource first, String firstTask, Resource then, String thenTask, int kinds) {
        recordAfterStop(first, firstTask, new AfterStop(then, thenTask, false));
        for (Action before : List.copyOf(of(first, firstTask))) {
            for (Action after : List.copyOf(of(then, thenTask))) {
                order(before, after, kinds);
            }
        }
    }
}
