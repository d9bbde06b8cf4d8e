package org.ringfence.scheduler.action;

import static org.ringfence.scheduler.action.Ordering.THEN_IF_FIRST;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.ringfence.scheduler.resource.Clone;
import org.ringfence.scheduler.resource.Collective;
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

    public ProbeOrderings(Actions actions) {
        this.actions = actions;
    }

    /** For when all orderings between resources are there. */
    public void create(Resources resources) {
        for (Primitive primitive : resources.primitives()) {
            List<Action> probes = List.copyOf(actions.of(primitive, "monitor"));
            for (Action probe : probes) {
                for (Ordering ordering : List.copyOf(probe.after)) {
                    restarts(probe, ordering.then, new HashSet<>());
                }
            }
            if (!probes.isEmpty()) {
                stops(primitive, probes);
            }
        }
    }

    private void stops(Primitive primitive, List<Action> probes) {
        for (Action stop : List.copyOf(actions.of(primitive, "stop"))) {
            for (Ordering ordering : List.copyOf(stop.after)) {
                Action then = ordering.then;
                if (then.resource == null
                        || then.resource == primitive
                        || (then.is("stop") && then.resource == primitive.container)) {
                    // A probe may yet take place in a container that has come up anew.
                    continue;
                }
                probes.forEach(probe -> actions.order(probe, then, ordering.kinds & Ordering.SAME_NODE));
            }
        }
    }

    private void restarts(Action probe, Action then, Set<Action> seen) {
        if (!seen.add(then)) {
            return;
        }
        if (then.resource instanceof Primitive primitive && primitive != probe.resource) {
            String down = then.is("start") ? "stop" : then.is("promote") ? "demote" : "";
            for (Action action : actions.of(primitive, down)) {
                if (!action.pseudo) {
                    actions.order(probe, action, 0);
                }
            }
        }
        for (Ordering next : List.copyOf(then.after)) {
            if (leadsOn(probe, next)) {
                restarts(probe, next.then, seen);
            }
        }
    }

    /** Whether the second restarts for the first; a whole's start, when it is not the probed one's own, for all its parts. */
    private static boolean leadsOn(Action probe, Ordering ordering) {
        Resource from = ordering.first.resource;
        Resource to = ordering.then.resource;
        if (from == null || to == null) {
            return false;
        }
        if (from instanceof Collective) {
            boolean own = probe.resource != null && probe.resource.parent == from;
            return to.parent == from && !own;
        }
        Clone clone = from.cloneOf();
        return ordering.has(THEN_IF_FIRST) && !from.isWithin(to) && (clone == null || to.cloneOf() == clone);
    }
}
