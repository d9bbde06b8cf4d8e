package org.ringfence.scheduler.action;

import static org.ringfence.scheduler.action.Ordering.DEPENDS;
import static org.ringfence.scheduler.action.Ordering.THEN_IF_FIRST;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.ringfence.scheduler.cluster.ClusterNode;
import org.ringfence.scheduler.resource.Clone;
import org.ringfence.scheduler.resource.Collective;
import org.ringfence.scheduler.resource.Group;
import org.ringfence.scheduler.resource.Primitive;
import org.ringfence.scheduler.resource.Resource;
import org.ringfence.scheduler.resource.Resources;

/**
 * Carries the waiting for a probe further, so that nothing goes down before it is known whether it has to: who waits for a
 * resource's stop waits for its probes too, and what would restart because a resource starts is not stopped before that has
 * been probed.
 */
public final class ProbeOrderings {
    private final Actions actions;
    /** What the search at hand came by so far, and the number of that search. */
    private final List<Action> reached = new ArrayList<>();

    private int searches;

    public ProbeOrderings(Actions actions) {
        this.actions = actions;
    }

    /** For when all orderings between resources are there. */
    public void create(Resources resources) {
        for (Primitive primitive : resources.primitives()) {
            for (Action probe : actions.of(primitive, "monitor")) {
                restarts(primitive, probe);
            }
        }
        resources.primitives().forEach(this::stops);
    }

    private void stops(Primitive primitive) {
        for (Actions.AfterStop after : actions.afterStop(primitive)) {
            boolean inside = after.task().equals("stop") && after.then() == primitive.container;
            if (inside || !isWhole(primitive, after.then())) {
                // A probe may yet take place in a container that has come up anew.
                continue;
            }
            for (Action then : List.copyOf(actions.of(after.then(), after.task()))) {
                for (Action probe : actions.of(primitive, "monitor")) {
                    if (!after.onNode() || probe.node == then.node) {
                        actions.order(probe, then, 0);
                    }
                }
            }
        }
    }

    /**
     * What runs as one instance does not restart because another one starts. Nor does what is asked about under the name of one
     * that is elsewhere.
     */
    private static boolean isSibling(Primitive probed, @Nullable Resource other) {
        Clone clone = probed.cloneOf();
        return clone != null
                && other instanceof Primitive primitive
                && primitive != probed
                && primitive.cloneOf() == clone
                && primitive.configured.id().equals(probed.configured.id());
    }

    /** Whether a dependency is one of whole resources, not what it comes to for two instances. */
    private static boolean isWhole(Resource from, Resource to) {
        Clone clone = from.cloneOf();
        return clone == null || to.cloneOf() == clone;
    }

    /** What would restart for what the probe finds goes down after it. */
    private void restarts(Primitive probed, Action probe) {
        searches++;
        reached.clear();
        for (Ordering ordering : probe.after) {
            boolean elsewhere = probed.isAnonymousInstance()
                    && ordering.then.resource == probed
                    && ordering.then.node != probe.node;
            if (!elsewhere && !isSibling(probed, ordering.then.resource)) {
                reach(ordering.then);
            }
        }
        for (int index = 0; index < reached.size(); index++) {
            Action then = reached.get(index);
            if (then.resource instanceof Primitive primitive && primitive != probed) {
                String down = then.is("start") ? "stop" : then.is("promote") ? "demote" : "";
                for (Action action : actions.of(primitive, down)) {
                    if (!action.pseudo) {
                        actions.order(probe, action, 0);
                    }
                }
            }
            for (Ordering next : then.after) {
                if (next.then.reachedBy != searches && leadsOn(probe, next)) {
                    reach(next.then);
                }
            }
        }
    }

    private void reach(Action action) {
        if (action.reachedBy != searches) {
            action.reachedBy = searches;
            reached.add(action);
        }
    }

    /** Whether the second restarts for the first; a whole's start, when it is not the probed one's own, for its parts. */
    private static boolean leadsOn(Action probe, Ordering ordering) {
        Resource from = ordering.first.resource;
        Resource to = ordering.then.resource;
        if (from == null || to == null || probe.resource == null) {
            return false;
        }
        if (to.parent == from) {
            return probe.resource.parent != from
                    && (to instanceof Collective || ordering.then.node != null)
                    && (!(from instanceof Clone clone) || isBeside(clone, probe.resource, to));
        }
        if (to == from && from instanceof Clone) {
            return true;
        }
        Clone into = to instanceof Clone ? null : to.cloneOf();
        return (ordering.has(THEN_IF_FIRST) || ordering.has(DEPENDS))
                && !from.isWithin(to)
                && (from instanceof Clone || isWhole(from, to))
                && (into == null || into == from.cloneOf());
    }

    /** Of a clone with {@code interleave}, only the neighbour is concerned. */
    private static boolean isBeside(Clone clone, Resource probed, Resource instance) {
        return !clone.interleave || nodeOf(instance) == nodeOf(probed);
    }

    private static @Nullable ClusterNode nodeOf(Resource resource) {
        return resource instanceof Group group ? group.first().assigned : resource.assigned;
    }
}
