package org.ringfence.scheduler.action;

import static org.ringfence.scheduler.action.Ordering.ANY_OF;
import static org.ringfence.scheduler.action.Ordering.ASYMMETRICAL;
import static org.ringfence.scheduler.action.Ordering.DEPENDS;
import static org.ringfence.scheduler.action.Ordering.FIRST_IF_THEN;
import static org.ringfence.scheduler.action.Ordering.SERIALIZE;
import static org.ringfence.scheduler.action.Ordering.THEN_IF_FIRST;
import static org.ringfence.scheduler.action.Ordering.THEN_NEEDS_FIRST;
import static org.ringfence.scheduler.action.Ordering.UNORDERED;

import java.util.ArrayList;
import java.util.List;
import org.ringfence.scheduler.cluster.ClusterNode;
import org.ringfence.scheduler.constraint.Constraints;
import org.ringfence.scheduler.constraint.OrderConstraint;
import org.ringfence.scheduler.constraint.OrderConstraint.Kind;
import org.ringfence.scheduler.resource.Bundle;
import org.ringfence.scheduler.resource.Clone;
import org.ringfence.scheduler.resource.Collective;
import org.ringfence.scheduler.resource.Primitive;
import org.ringfence.scheduler.resource.Replica;
import org.ringfence.scheduler.resource.Resource;

/** Turns the configuration's orderings into orderings between actions. */
public final class ConstraintOrderings {
    private final Actions actions;
    private final Interleaving interleaving;

    public ConstraintOrderings(Actions actions) {
        this.actions = actions;
        this.interleaving = new Interleaving(actions);
    }

    public void create(Constraints constraints) {
        for (OrderConstraint order : constraints.orders) {
            create(order);
        }
        for (Constraints.AnyOf anyOf : constraints.anyOf) {
            create(anyOf);
        }
    }

    private static String opposite(String task) {
        return switch (task) {
            case "start" -> "stop";
            case "stop" -> "start";
            case "promote" -> "demote";
            case "demote" -> "promote";
            default -> task;
        };
    }

    private void create(OrderConstraint order) {
        int kinds = switch (order.kind()) {
            case MANDATORY ->
                order.asymmetrical()
                        ? ASYMMETRICAL | THEN_NEEDS_FIRST
                        : isUp(order.firstTask()) ? THEN_IF_FIRST | THEN_NEEDS_FIRST : THEN_IF_FIRST;
            case OPTIONAL -> 0;
            case SERIALIZE -> SERIALIZE;
        };
        if (order.kind() == Kind.MANDATORY && isUp(order.firstTask())) {
            assure(order.first(), order.firstTask());
        }
        if (order.first() instanceof Clone clone && wantsSome(order, clone)) {
            some(order, clone);
            if (order.symmetrical()) {
                order(order.then(), opposite(order.thenTask()), clone, opposite(order.firstTask()), 0);
            }
            return;
        }
        order(order.first(), order.firstTask(), order.then(), order.thenTask(), kinds);
        if (order.symmetrical()) {
            // The way back of what goes up is down, and takes along what depends on it; a way back up takes nothing
            // down.
            int back = order.kind() == Kind.MANDATORY && isUp(order.firstTask()) ? FIRST_IF_THEN : 0;
            order(order.then(), opposite(order.thenTask()), order.first(), opposite(order.firstTask()), back);
        }
    }

    private static boolean wantsSome(OrderConstraint order, Clone clone) {
        return order.kind() == Kind.MANDATORY && isUp(order.firstTask()) && (clone.min > 0 || !order.requireAll());
    }

    /** Some instances of a clone are enough: its {@code clone-min}, or one where not all are required. */
    private void some(OrderConstraint order, Clone clone) {
        String name = "clone-one-or-more:" + order.id();
        Action point = actions.named(name, name, null, true);
        point.wantsAnyOf = order.requireAll() ? clone.min : 1;
        for (Resource instance : clone.instances) {
            String last =
                    instance instanceof Collective ? CollectiveActions.done(order.firstTask()) : order.firstTask();
            for (Action action : List.copyOf(actions.of(instance, last))) {
                actions.order(action, point, ANY_OF);
            }
        }
        after(point, order.then(), order.thenTask());
    }

    private void after(Action point, Resource then, String task) {
        for (Action action : List.copyOf(actions.of(then, task))) {
            actions.order(point, action, THEN_NEEDS_FIRST);
        }
        if (then instanceof Collective) {
            for (Primitive part : parts(then)) {
                for (Action action : List.copyOf(actions.of(part, task))) {
                    actions.order(point, action, THEN_NEEDS_FIRST);
                }
            }
        }
    }

    private static boolean isUp(String task) {
        return task.equals("start") || task.equals("promote");
    }

    /** Something that cannot be started anywhere still has a start, which cannot be done, for others to wait for. */
    private void assure(Resource resource, String task) {
        if (resource instanceof Primitive primitive) {
            actions.assure(primitive, task);
        }
    }

    private void order(Resource first, String firstTask, Resource then, String thenTask, int kinds) {
        if (Interleaving.applies(first, firstTask, then)) {
            interleaving.order((Clone) first, firstTask, (Clone) then, thenTask, kinds);
        } else if (first instanceof Bundle bundle && bundle.notify) {
            afterBegin(bundle, firstTask, then, thenTask, kinds);
        } else {
            String last = first instanceof Collective ? CollectiveActions.done(firstTask) : firstTask;
            order(first, firstTask, last, then, thenTask, kinds);
        }
    }

    /**
     * A bundle that asks for notifications is followed from its begin on, and what is merely preferred does not wait for the begin of a
     * stop. What cannot do without what the bundle does still is not done without it.
     */
    private void afterBegin(Bundle bundle, String task, Resource then, String thenTask, int kinds) {
        if ((kinds & THEN_NEEDS_FIRST) != 0) {
            actions.order(bundle, CollectiveActions.done(task), then, thenTask, UNORDERED | THEN_NEEDS_FIRST);
        }
        if (kinds != 0 || !task.equals("stop")) {
            order(bundle, task, task, then, thenTask, kinds);
        }
    }

    /** @param last the point of what the first does that the other one waits for */
    private void order(Resource first, String firstTask, String last, Resource then, String thenTask, int kinds) {
        int depends = (kinds & THEN_IF_FIRST) == 0 ? 0 : DEPENDS;
        if (first instanceof Clone clone && !(then instanceof Clone) && (kinds & THEN_IF_FIRST) != 0) {
            local(clone, firstTask, then, thenTask);
            kinds &= ~THEN_IF_FIRST;
        }
        if (then instanceof Clone clone && !(first instanceof Clone) && (kinds & FIRST_IF_THEN) != 0) {
            kinds = localBack(first, firstTask, clone, thenTask, kinds);
        }
        actions.order(first, last, then, thenTask, kinds | depends);
        if (then instanceof Collective) {
            // What the point of a whole asks for is asked of its parts.
            int onParts = kinds & (THEN_IF_FIRST | THEN_NEEDS_FIRST | ASYMMETRICAL);
            if (onParts != 0) {
                for (Primitive part : parts(then)) {
                    actions.order(first, last, part, thenTask, onParts);
                }
            }
        }
        if (first instanceof Collective && (kinds & FIRST_IF_THEN) != 0) {
            for (Primitive part : parts(first)) {
                if (!(first instanceof Clone && then instanceof Clone && stays(part))) {
                    // Which of them are waited for is said by the point of the whole.
                    actions.order(part, firstTask, then, thenTask, UNORDERED | FIRST_IF_THEN);
                }
            }
        }
    }

    /**
     * Whether it is to be where it is. If all that it needs goes down it cannot start, and if that comes up again it starts anew: either
     * stops it. An instance that leaves for good does not. What a failure has blocked keeps what it depends on.
     */
    private static boolean stays(Primitive part) {
        return !part.blocked
                && !part.active.isEmpty()
                && part.assigned == part.active.getFirst()
                && part.nextRole.isActive();
    }

    /** Who runs beside an instance of a clone restarts for that instance, not for others; who runs beside none restarts for none. */
    private void local(Clone clone, String firstTask, Resource then, String thenTask) {
        for (Primitive part : parts(then)) {
            Resource beside = part.assigned == null ? null : Interleaving.on(clone, part.assigned, false);
            if (beside != null) {
                for (Primitive each : parts(beside)) {
                    actions.order(each, firstTask, part, thenTask, THEN_IF_FIRST);
                }
            }
        }
    }

    /** The same for the way down: the part stops for the instance beside it. One that leaves for good takes nobody along who stays. */
    private int localBack(Resource first, String firstTask, Clone clone, String thenTask, int kinds) {
        for (Primitive part : parts(first)) {
            ClusterNode node = part.active.isEmpty() ? null : part.active.getFirst();
            Resource beside = node == null ? null : Interleaving.on(clone, node, true);
            if (beside == null) {
                continue;
            }
            for (Primitive each : parts(beside)) {
                boolean staysAlone = stays(part) && each.assigned != node;
                actions.order(part, firstTask, each, thenTask, staysAlone ? 0 : FIRST_IF_THEN);
            }
        }
        return kinds & ~FIRST_IF_THEN;
    }

    static List<Primitive> parts(Resource collective) {
        var parts = new ArrayList<Primitive>();
        if (collective instanceof Bundle bundle) {
            // What is asked of a bundle is asked of its containers; all else in it follows them.
            for (Replica replica : bundle.replicas) {
                if (replica.container != null) {
                    parts.add(replica.container);
                }
            }
        } else {
            collective.visitPrimitives(parts::add);
        }
        return parts;
    }

    private void create(Constraints.AnyOf anyOf) {
        Action point = actions.named("one-or-more:" + anyOf.id(), "one-or-more:" + anyOf.id(), null, true);
        point.wantsAnyOf = 1;
        for (Resource first : anyOf.first()) {
            assure(first, anyOf.firstTask());
            String last = first instanceof Collective ? CollectiveActions.done(anyOf.firstTask()) : anyOf.firstTask();
            for (Action action : List.copyOf(actions.of(first, last))) {
                actions.order(action, point, ANY_OF);
            }
        }
        for (Resource then : anyOf.then()) {
            after(point, then, anyOf.thenTask());
        }
    }
}
