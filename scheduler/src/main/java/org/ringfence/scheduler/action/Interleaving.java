package org.ringfence.scheduler.action;

import static org.ringfence.scheduler.action.Ordering.ASYMMETRICAL;
import static org.ringfence.scheduler.action.Ordering.DEPENDS;
import static org.ringfence.scheduler.action.Ordering.FIRST_IF_THEN;
import static org.ringfence.scheduler.action.Ordering.THEN_IF_FIRST;
import static org.ringfence.scheduler.action.Ordering.THEN_NEEDS_FIRST;

import org.jspecify.annotations.Nullable;
import org.ringfence.scheduler.cluster.ClusterNode;
import org.ringfence.scheduler.reason.Cause;
import org.ringfence.scheduler.reason.Cause.Kind;
import org.ringfence.scheduler.reason.Source;
import org.ringfence.scheduler.resource.Clone;
import org.ringfence.scheduler.resource.Group;
import org.ringfence.scheduler.resource.Primitive;
import org.ringfence.scheduler.resource.Resource;
import org.ringfence.scheduler.resource.Role;

/** Orders clones with {@code interleave} instance by instance. */
final class Interleaving {
    private final Actions actions;

    Interleaving(Actions actions) {
        this.actions = actions;
    }

    private static boolean isDown(String task) {
        return task.equals("stop") || task.equals("demote");
    }

    /** Whether the clone that depends on the other, up after it and down before it, is content with its neighbour. */
    static boolean applies(Resource first, String firstTask, Resource then) {
        return first instanceof Clone before
                && then instanceof Clone after
                && (isDown(firstTask) ? before.interleave : after.interleave);
    }

    /**
     * Each instance depends only on the one of the other clone on its own node; when both clones change they still do so
     * one after the other.
     */
    void order(Clone first, String firstTask, Clone then, String thenTask, int kinds) {
        int depends = (kinds & THEN_IF_FIRST) == 0 ? 0 : DEPENDS;
        actions.order(first, CollectiveActions.done(firstTask), then, thenTask, depends);
        boolean stops = isDown(firstTask);
        Clone walked = stops ? first : then;
        Clone other = stops ? then : first;
        for (Resource instance : walked.instances) {
            ClusterNode node = nodeOf(instance, stops);
            Resource partner = node == null ? null : on(other, node, stops);
            if (partner != null && firstTask.equals("promote") && !isToBePromoted(partner)) {
                partner = null;
            }
            Resource before = stops ? instance : partner;
            Resource after = stops ? partner : instance;
            if (before == null || after == null) {
                if (!stops && (kinds & THEN_NEEDS_FIRST) != 0 && node != null) {
                    for (Primitive part : ConstraintOrderings.parts(instance)) {
                        for (Action start : actions.of(part, thenTask)) {
                            if ((kinds & ASYMMETRICAL) != 0 && start.optional) {
                                continue;
                            }
                            start.runnable = false;
                            start.hindrance = new Cause(
                                    Kind.ORDER,
                                    Source.of("resource", first.id),
                                    first.id,
                                    first.id + " has no " + (firstTask.equals("promote") ? "promoted " : "")
                                            + "instance on " + node);
                        }
                    }
                }
                continue;
            }
            String last = before instanceof Group ? CollectiveActions.done(firstTask) : firstTask;
            actions.order(before, last, after, thenTask, kinds);
            if (after instanceof Group) {
                int onParts = kinds & (THEN_IF_FIRST | THEN_NEEDS_FIRST | ASYMMETRICAL);
                for (Primitive part : ConstraintOrderings.parts(after)) {
                    actions.order(before, last, part, thenTask, onParts);
                }
            }
            if (before instanceof Group && (kinds & FIRST_IF_THEN) != 0) {
                for (Primitive part : ConstraintOrderings.parts(before)) {
                    actions.order(part, firstTask, after, thenTask, FIRST_IF_THEN);
                }
            }
        }
    }

    private static boolean isToBePromoted(Resource instance) {
        for (Primitive part : ConstraintOrderings.parts(instance)) {
            if (part.nextRole == Role.PROMOTED) {
                return true;
            }
        }
        return false;
    }

    private static @Nullable ClusterNode nodeOf(Resource instance, boolean now) {
        Resource part = instance instanceof Group group ? group.first() : instance;
        if (now) {
            return part.active.isEmpty() ? null : part.active.getFirst();
        }
        return part.assigned;
    }

    static @Nullable Resource on(Clone clone, ClusterNode node, boolean now) {
        for (Resource instance : clone.instances) {
            if (nodeOf(instance, now) == node) {
                return instance;
            }
        }
        return null;
    }
}
