package org.ringfence.scheduler.action;

import static org.ringfence.scheduler.action.Ordering.FIRST_IF_THEN;
import static org.ringfence.scheduler.action.Ordering.GENERATED;
import static org.ringfence.scheduler.action.Ordering.RESTART;
import static org.ringfence.scheduler.action.Ordering.THEN_IF_FIRST;
import static org.ringfence.scheduler.action.Ordering.THEN_NEEDS_FIRST;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.ringfence.scheduler.cluster.ClusterNode;
import org.ringfence.scheduler.reason.Cause;
import org.ringfence.scheduler.reason.Cause.Kind;
import org.ringfence.scheduler.reason.Source;
import org.ringfence.scheduler.resource.Primitive;
import org.ringfence.scheduler.resource.Role;
import org.ringfence.scheduler.resource.Settings.Requires;

/** What brings one instance from what it is to what it is to be: stop and start, demote and promote, on which nodes. */
final class PrimitiveActions {
    private static final Cause BROKEN_OFF = Cause.of(Kind.MIGRATION, "a migration to this node was broken off");
    private static final Cause LEFT_OVER = Cause.of(Kind.MIGRATION, "a migration left it behind here");

    private final Actions actions;
    private final List<Primitive> containers = new ArrayList<>();

    PrimitiveActions(Actions actions) {
        this.actions = actions;
    }

    /** For when all actions are there: what runs in a container starts after it and stops before it. */
    void orderContainers() {
        for (Primitive inside : containers) {
            Primitive container = inside.container;
            if (container != null) {
                actions.assure(container, "start");
                actions.order(container, "start", inside, "start", THEN_IF_FIRST | THEN_NEEDS_FIRST | GENERATED);
                actions.order(inside, "stop", container, "stop", FIRST_IF_THEN | GENERATED);
                orderProbes(container, inside);
            }
        }
    }

    /** Where what is inside can be is known once it is known where its container is. */
    private void orderProbes(Primitive container, Primitive inside) {
        if (!inside.isConnection()) {
            return;
        }
        for (Action probe : List.copyOf(actions.of(container, "monitor"))) {
            actions.of(inside, "stop").forEach(stop -> actions.order(probe, stop, 0));
        }
    }

    void create(Primitive primitive) {
        ClusterNode target = primitive.assigned;
        List<ClusterNode> active = primitive.active;
        ClusterNode halfway = primitive.state.partialTarget;
        if (halfway != null && halfway != target && !active.contains(halfway)) {
            stop(primitive, halfway, false, BROKEN_OFF);
        }
        for (ClusterNode node : primitive.state.dangling) {
            if (node != target) {
                stop(primitive, node, false, LEFT_OVER);
            }
        }
        if (!primitive.role.isActive() || active.isEmpty()) {
            if (primitive.nextRole.isActive() && target != null) {
                start(primitive, target, false);
                if (primitive.nextRole == Role.PROMOTED) {
                    actions.get(primitive, "promote", target, false);
                }
            }
            orderOwn(primitive);
            return;
        }
        boolean runs = primitive.nextRole.isActive() && target != null;
        boolean moves = runs && !active.contains(target);
        boolean several = count(primitive) > 1;
        boolean restarts = primitive.state.failed
                || primitive.state.restartForParameters
                || primitive.state.restartForContents
                || moves
                || several;
        Cause why = why(primitive, several, moves);
        for (ClusterNode node : active) {
            boolean needed = restarts || !runs;
            if (primitive.state.stopUnexpected && node == target) {
                needed = false;
            }
            stop(primitive, node, !needed, !runs ? primitive.nextRoleReason : why);
            if (primitive.role == Role.PROMOTED) {
                boolean demotes = needed || primitive.nextRole != Role.PROMOTED || primitive.state.demote;
                actions.get(primitive, "demote", node, !demotes);
            }
        }
        if (runs && target != null) {
            boolean starts = restarts && !(primitive.state.stopUnexpected && active.contains(target));
            start(primitive, target, !starts);
            if (primitive.state.startPending && primitive.managed && !moves && !several) {
                // It was asked for before where it is to run, and is asked for again; that is no reason to stop
                // anything.
                actions.get(primitive, "start", target, true).alwaysShown = true;
            }
            if (primitive.state.stopUnexpected && active.contains(target)) {
                // It stays; others are told as if it had started.
                actions.get(primitive, "start", target, false).pseudo = true;
            }
            if (primitive.nextRole == Role.PROMOTED) {
                actions.get(
                        primitive,
                        "promote",
                        target,
                        !starts && primitive.role == Role.PROMOTED && !primitive.state.demote);
            }
        }
        if (runs && target != null && primitive.state.reload && !restarts && primitive.managed) {
            Action reload = actions.get(primitive, "reload-agent", target, false);
            reload.cause = Cause.of(
                    Kind.PARAMETERS, Source.of("primitive", primitive.configured.id()), "its parameters changed");
        }
        orderOwn(primitive);
    }

    private static long count(Primitive primitive) {
        return primitive.active.stream().filter(node -> counts(primitive, node)).count();
    }

    /** Whether it matters that it is active there. To what does not wait for fencing, it does not on a node that is lost. */
    private static boolean counts(Primitive primitive, @Nullable ClusterNode node) {
        return node == null
                || (node.online && !node.unclean)
                || primitive.settings.requires().compareTo(Requires.FENCING) >= 0;
    }

    /** Why what runs is ended though it is to run. */
    private static Cause why(Primitive primitive, boolean several, boolean moves) {
        Source itself = Source.of("primitive", primitive.configured.id());
        var state = primitive.state;
        if (state.failed) {
            return Cause.of(Kind.FAILED, itself, "it failed");
        }
        if (several) {
            return Cause.of(
                    Kind.PLACE,
                    Source.meta(primitive.configured.id(), "multiple-active"),
                    "it is active more than once");
        }
        if (moves) {
            return new Cause(
                    Kind.PLACE, itself, String.valueOf(primitive.assigned), "it is better on " + primitive.assigned);
        }
        if (state.restartForParameters) {
            return Cause.of(Kind.PARAMETERS, itself, "its parameters changed");
        }
        return state.restartForContents ? Cause.of(Kind.FAILED, itself, "what runs in it failed") : Cause.NONE;
    }

    private void stop(Primitive primitive, ClusterNode node, boolean optional, Cause reason) {
        Action stop = actions.get(primitive, "stop", node, optional);
        if (!optional && !stop.cause.isSaid()) {
            stop.cause = reason;
        }
        if (!primitive.managed) {
            stop.optional = true;
        }
    }

    private void start(Primitive primitive, @Nullable ClusterNode node, boolean optional) {
        Action start = actions.get(primitive, "start", node, optional);
        if (!primitive.managed) {
            start.optional = true;
        }
    }

    private void orderOwn(Primitive primitive) {
        boolean stays = primitive.state.stopUnexpected;
        for (Action stop : actions.of(primitive, "stop")) {
            for (Action start : actions.of(primitive, "start")) {
                boolean same = stop.node == start.node;
                // The end of what a migration left over is no reason to begin anew.
                boolean leftOver = primitive.state.dangling.contains(stop.node);
                int again = counts(primitive, stop.node) ? THEN_IF_FIRST | RESTART : 0;
                if (!(stays && same)) {
                    actions.order(stop, start, leftOver ? 0 : again | THEN_NEEDS_FIRST);
                }
            }
        }
        Primitive container = primitive.container;
        if (container != null && primitive.replica == null && !primitive.runsOnGuestOf(container)) {
            containers.add(primitive);
        }
        actions.order(primitive, "demote", primitive, "stop", FIRST_IF_THEN);
        actions.order(primitive, "start", primitive, "promote", THEN_IF_FIRST | THEN_NEEDS_FIRST);
        actions.order(primitive, "demote", primitive, "promote", THEN_NEEDS_FIRST);
    }
}
