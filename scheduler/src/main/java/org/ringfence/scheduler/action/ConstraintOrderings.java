package org.ringfence.scheduler.action;

import static org.ringfence.scheduler.action.Ordering.ANY_OF;
import static org.ringfence.scheduler.action.Ordering.ASYMMETRICAL;
import static org.ringfence.scheduler.action.Ordering.DEPENDS;
import static org.ringfence.scheduler.action.Ordering.FIRST_IF_THEN;
import static org.ringfence.scheduler.action.Ordering.SERIALIZE;
import static org.ringfence.scheduler.action.Ordering.THEN_IF_FIRST;
import static org.ringfence.scheduler.action.Ordering.THEN_NEEDS_FIRST;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.ringfence.scheduler.cluster.ClusterNode;
import org.ringfence.scheduler.constraint.Constraints;
import org.ringfence.scheduler.constraint.OrderConstraint;
import org.ringfence.scheduler.constraint.OrderConstraint.Kind;
import org.ringfence.scheduler.resource.Bundle;
import org.ringfence.scheduler.resource.Clone;
import org.ringfence.scheduler.resource.Collective;
import org.ringfence.scheduler.resource.Group;
import org.ringfence.scheduler.resource.Primitive;
import org.ringfence.scheduler.resource.Replica;
import org.ringfence.scheduler.resource.Resource;

/** Turns the configuration's orderings into orderings between actions. */
public final class ConstraintOrderings {
    private final Actions actions;

    public ConstraintOrderings(Actions actions) {
        this.actions = actions;
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
            // The way back of what goes up is down, and takes along what depends on it; a way back up takes nothing down.
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
        switch (resource) {
            case Primitive primitive -> {
                if (actions.of(primitive, task).isEmpty()) {
                    actions.get(primitive, task, null, true).runnable = false;
                }
            }
            case Group group -> {
                for (Primitive member : group.members) {
                    assure(member, task);
                    actions.order(member, task, group, CollectiveActions.done(task), THEN_NEEDS_FIRST);
                }
            }
            case Clone _, Bundle _ -> {}
        }
    }

    private void order(Resource first, String firstTask, Resource then, String thenTask, int kinds) {
        if (interleaves(first, firstTask, then)) {
            interleave((Clone) first, firstTask, (Clone) then, thenTask, kinds);
            return;
        }
        String last = first instanceof Collective ? CollectiveActions.done(firstTask) : firstTask;
        int depends = (kinds & THEN_IF_FIRST) == 0 ? 0 : DEPENDS;
        if (first instanceof Clone clone && !(then instanceof Clone) && (kinds & THEN_IF_FIRST) != 0) {
            kinds = local(clone, firstTask, then, thenTask, kinds);
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
                actions.order(part, firstTask, then, thenTask, FIRST_IF_THEN);
            }
        }
    }

    /**
     * Who runs beside an instance of a clone is concerned by what becomes of that instance, not of the others.
     *
     * @return the kinds that still hold for the clone as a whole
     */
    private int local(Clone clone, String firstTask, Resource then, String thenTask, int kinds) {
        boolean all = true;
        for (Primitive part : parts(then)) {
            Resource beside = part.assigned == null ? null : on(clone, part.assigned, false);
            if (beside == null) {
                all = false;
                continue;
            }
            for (Primitive each : parts(beside)) {
                actions.order(each, firstTask, part, thenTask, THEN_IF_FIRST);
            }
        }
        return all ? kinds & ~THEN_IF_FIRST : kinds;
    }

    /** The same for the way down: the part stops for the instance beside it. */
    private int localBack(Resource first, String firstTask, Clone clone, String thenTask, int kinds) {
        for (Primitive part : parts(first)) {
            ClusterNode node = part.active.isEmpty() ? null : part.active.getFirst();
            Resource beside = node == null ? null : on(clone, node, true);
            if (beside == null) {
                continue;
            }
            for (Primitive each : parts(beside)) {
                actions.order(part, firstTask, each, thenTask, FIRST_IF_THEN);
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

    private static boolean isDown(String task) {
        return task.equals("stop") || task.equals("demote");
    }

    /** Whether the clone that depends on the other, up after it and down before it, is content with its neighbour. */
    private static boolean interleaves(Resource first, String firstTask, Resource then) {
        return first instanceof Clone before
                && then instanceof Clone after
                && (isDown(firstTask) ? before.interleave : after.interleave);
    }

    /**
     * Each instance depends only on the one of the other clone on its own node; when both clones change they still do so
     * one after the other.
     */
    private void interleave(Clone first, String firstTask, Clone then, String thenTask, int kinds) {
        int depends = (kinds & THEN_IF_FIRST) == 0 ? 0 : DEPENDS;
        actions.order(first, CollectiveActions.done(firstTask), then, thenTask, depends);
        boolean stops = isDown(firstTask);
        Clone walked = stops ? first : then;
        Clone other = stops ? then : first;
        for (Resource instance : walked.instances) {
            ClusterNode node = nodeOf(instance, stops);
            Resource partner = node == null ? null : on(other, node, stops);
            Resource before = stops ? instance : partner;
            Resource after = stops ? partner : instance;
            if (before == null || after == null) {
                if (!stops && (kinds & THEN_NEEDS_FIRST) != 0 && node != null) {
                    for (Primitive part : parts(instance)) {
                        for (Action start : actions.of(part, thenTask)) {
                            start.runnable = false;
                            start.reason = first.id + " has no instance on " + node;
                        }
                    }
                }
                continue;
            }
            String last = before instanceof Group ? CollectiveActions.done(firstTask) : firstTask;
            actions.order(before, last, after, thenTask, kinds);
            if (after instanceof Group) {
                int onParts = kinds & (THEN_IF_FIRST | THEN_NEEDS_FIRST);
                for (Primitive part : parts(after)) {
                    actions.order(before, last, part, thenTask, onParts);
                }
            }
            if (before instanceof Group && (kinds & FIRST_IF_THEN) != 0) {
                for (Primitive part : parts(before)) {
                    actions.order(part, firstTask, after, thenTask, FIRST_IF_THEN);
                }
            }
        }
    }

    private static @Nullable ClusterNode nodeOf(Resource instance, boolean now) {
        Resource part = instance instanceof Group group ? group.first() : instance;
        if (now) {
            return part.active.isEmpty() ? null : part.active.getFirst();
        }
        return part.assigned;
    }

    private static @Nullable Resource on(Clone clone, ClusterNode node, boolean now) {
        for (Resource instance : clone.instances) {
            if (nodeOf(instance, now) == node) {
                return instance;
            }
        }
        return null;
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
