package org.ringfence.scheduler.action;

import static org.ringfence.scheduler.action.Ordering.ANY_OF;
import static org.ringfence.scheduler.action.Ordering.ASYMMETRICAL;
import static org.ringfence.scheduler.action.Ordering.FIRST_IF_THEN;
import static org.ringfence.scheduler.action.Ordering.GENERATED;
import static org.ringfence.scheduler.action.Ordering.RESTART;
import static org.ringfence.scheduler.action.Ordering.THEN_IF_FIRST;
import static org.ringfence.scheduler.action.Ordering.THEN_NEEDS_FIRST;
import static org.ringfence.scheduler.action.Ordering.UNORDERED;

import java.util.ArrayDeque;
import java.util.Set;
import org.ringfence.scheduler.resource.Clone;
import org.ringfence.scheduler.resource.Collective;
import org.ringfence.scheduler.resource.Primitive;
import org.ringfence.scheduler.resource.Resource;

/**
 * Lets need and impossibility spread along the orderings until nothing changes any more. Each action can become necessary
 * once and impossible once, so the work is bounded by the number of orderings.
 */
public final class Propagation {
    private final ArrayDeque<Action> queue = new ArrayDeque<>();
    private final Set<? extends Resource> migrating;

    /** @param migrating those that stay up while they move */
    public Propagation(Set<? extends Resource> migrating) {
        this.migrating = migrating;
    }

    public void run(Actions actions) {
        actions.all().forEach(this::enqueue);
        while (!queue.isEmpty()) {
            Action action = queue.poll();
            action.queued = false;
            settle(action);
        }
    }

    private void enqueue(Action action) {
        if (!action.queued) {
            action.queued = true;
            queue.add(action);
        }
    }

    private void settle(Action then) {
        for (int index = 0; index < then.before.size(); index++) {
            settle(then.before.get(index));
        }
        if (then.wantsAnyOf > 0) {
            anyOf(then);
        }
        if (then.pseudo && then.resource instanceof Clone && then.runnable) {
            someInstance(then);
        }
    }

    private void settle(Ordering ordering) {
        Action first = ordering.first;
        Action then = ordering.then;
        boolean staysUp = ordering.has(GENERATED) ? staysUp(first) || staysUp(then) : staysUpForOther(first, then);
        if (ordering.has(THEN_IF_FIRST)
                && !staysUp
                && first.isRequired()
                && then.optional
                && (first.runnable || ordering.has(THEN_NEEDS_FIRST))) {
            if (!ordering.has(ASYMMETRICAL)) {
                require(then, first);
            }
        }
        if (ordering.has(FIRST_IF_THEN) && !staysUp && then.isRequired() && first.optional) {
            boolean needed = ordering.has(THEN_NEEDS_FIRST) || (isBlocked(first) && !ordering.has(UNORDERED));
            if (needed && isLeftAlone(first) && then.runnable) {
                refuse(then, first);
            } else {
                require(first, then);
            }
        }
        if (ordering.has(THEN_NEEDS_FIRST) && !ordering.has(ANY_OF) && !first.runnable && then.runnable) {
            boolean oneWay = ordering.has(ASYMMETRICAL) && isUpAlready(then);
            if (!(ordering.has(RESTART) && first.optional) && !oneWay) {
                refuse(then, first);
            }
        }
        if (ordering.has(RESTART) && first.optional && first.resource != null && first.resource.managed) {
            // One whose start is under way goes on with that: nothing has to be stopped for it.
            boolean starts = then.isRequired() && then.node == first.node && !first.resource.state.startPending;
            if (starts || !then.runnable) {
                require(first, then);
            }
        }
    }

    /** What is asked for one way only says nothing to who is up already; parts of a whole are asked one by one. */
    private static boolean isUpAlready(Action start) {
        return start.optional || (start.resource instanceof Collective whole && !isIdle(whole));
    }

    /** Whether a need ends at a live migration: who depends on the resource that migrates need not notice. */
    private boolean staysUpForOther(Action first, Action then) {
        Resource before = first.resource;
        Resource after = then.resource;
        if (before == null || after == null || before == after) {
            return false;
        }
        return (first.is("start") && staysUp(first) && !before.isWithin(after))
                || (then.is("stop") && staysUp(then) && !after.isWithin(before));
    }

    /** Whether the action is only the beginning or the end of a live migration. */
    private boolean staysUp(Action action) {
        return (action.is("start") || action.is("stop"))
                && action.resource != null
                && migrating.contains(action.resource);
    }

    /** A clone can start when one of its instances can. */
    private void someInstance(Action point) {
        boolean any = false;
        for (Ordering ordering : point.before) {
            if (ordering.first.resource != null && ordering.first.resource.parent == point.resource) {
                any |= ordering.first.runnable;
            }
        }
        if (!any && (point.is(CollectiveActions.done("start")) || point.is(CollectiveActions.done("promote")))) {
            refuse(point, point);
        }
    }

    private void anyOf(Action point) {
        int runnable = 0;
        Action required = null;
        for (Ordering ordering : point.before) {
            if (ordering.has(ANY_OF)) {
                if (ordering.first.runnable) {
                    runnable++;
                    required = ordering.first.isRequired() ? ordering.first : required;
                }
            }
        }
        if (runnable < point.wantsAnyOf && point.runnable) {
            refuse(point, point);
        } else if (required != null && point.optional) {
            require(point, required);
        }
    }

    private void require(Action action, Action because) {
        if (action.isRequired() || isLeftAlone(action) || isDownAlready(action)) {
            return;
        }
        action.optional = false;
        action.requiredBy = because;
        changed(action);
    }

    /** A whole of which nothing is active has no stop that anything could wait for. */
    private static boolean isDownAlready(Action action) {
        return action.pseudo
                && (action.is("stop") || action.is(CollectiveActions.done("stop")))
                && action.resource instanceof Collective whole
                && isIdle(whole);
    }

    private static boolean isIdle(Resource whole) {
        boolean[] idle = {true};
        whole.visitPrimitives(part -> idle[0] &= part.active.isEmpty());
        return idle[0];
    }

    /** What is not managed is not changed: what cannot be done without that is not done either. */
    private static boolean isLeftAlone(Action action) {
        return action.resource != null && !action.resource.managed && !action.pseudo && changes(action);
    }

    /** What a failure has blocked keeps what it depends on; what is unmanaged because somebody wants so does not. */
    private static boolean isBlocked(Action action) {
        return action.is("stop") && action.resource instanceof Primitive primitive && primitive.blocked;
    }

    private static boolean changes(Action action) {
        return switch (action.task) {
            case "start", "stop", "promote", "demote" -> true;
            default -> false;
        };
    }

    private void refuse(Action action, Action first) {
        if (!action.runnable) {
            return;
        }
        action.runnable = false;
        action.refusedBy = first == action ? null : first;
        changed(action);
    }

    private void changed(Action action) {
        enqueue(action);
        for (Ordering ordering : action.after) {
            enqueue(ordering.then);
        }
        for (Ordering ordering : action.before) {
            enqueue(ordering.first);
        }
    }
}
