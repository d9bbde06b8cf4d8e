package org.ringfence.scheduler.action;

import static org.ringfence.scheduler.action.Ordering.FIRST_IF_THEN;
import static org.ringfence.scheduler.action.Ordering.GENERATED;
import static org.ringfence.scheduler.action.Ordering.LOAD;
import static org.ringfence.scheduler.action.Ordering.THEN_NEEDS_FIRST;
import static org.ringfence.scheduler.action.Ordering.UNORDERED;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.ringfence.scheduler.cluster.ClusterNode;
import org.ringfence.scheduler.resource.Primitive;
import org.ringfence.scheduler.resource.Resource;
import org.ringfence.scheduler.resource.Resources;
import org.ringfence.scheduler.resource.Role;

/**
 * Turns moves into live migrations where the resource allows it and nothing it depends on has to be started first: what is
 * moved alive cannot wait for others to come up in between.
 */
public final class Migration {
    private final Actions actions;

    public Migration(Actions actions) {
        this.actions = actions;
    }

    /** Settles what has to be done, and which moves of it can be migrations. */
    public void create(Resources resources) {
        Set<Primitive> moving = new LinkedHashSet<>();
        for (Primitive primitive : resources.primitives()) {
            if (couldMigrate(primitive)) {
                moving.add(primitive);
            }
        }
        // A move that turns out to be a restart may make others necessary, but none unnecessary.
        boolean changed = true;
        while (changed) {
            new Propagation(moving).run(actions);
            changed = moving.removeIf(primitive -> !couldMigrate(primitive) || waits(primitive, moving));
        }
        moving.forEach(this::create);
        moving.forEach(primitive -> order(primitive, moving));
    }

    private @Nullable Action start(Primitive primitive) {
        return actions.find(primitive, "start", primitive.assigned);
    }

    private static @Nullable ClusterNode source(Primitive primitive) {
        return primitive.state.partialSource != null
                ? primitive.state.partialSource
                : primitive.active.size() == 1 ? primitive.active.getFirst() : null;
    }

    private boolean couldMigrate(Primitive primitive) {
        ClusterNode source = source(primitive);
        ClusterNode target = primitive.assigned;
        if (!primitive.mayMigrate() || source == null || target == null || source == target) {
            return false;
        }
        if (primitive.state.partialTarget != null && primitive.state.partialTarget != target) {
            return false;
        }
        Action start = start(primitive);
        Action stop = actions.find(primitive, "stop", source);
        return primitive.managed
                && primitive.role == Role.STARTED
                && primitive.nextRole == Role.STARTED
                && !primitive.state.failed
                && !primitive.state.startPending
                && !primitive.state.restartForParameters
                && source.online
                && !source.unclean
                && start != null
                && start.isRequired()
                && start.runnable
                && stop != null
                && stop.isRequired()
                && stop.runnable
                && !stop.pseudo;
    }

    /**
     * Whether something that it depends on goes down and comes up again. That goes down only when the resource is down, so
     * this cannot wait for its return while it is on its way. What only comes up, or only goes down, is no hindrance.
     */
    private boolean waits(Primitive primitive, Set<Primitive> moving) {
        ClusterNode source = Objects.requireNonNull(source(primitive));
        for (Ordering ordering : Objects.requireNonNull(actions.find(primitive, "stop", source)).after) {
            Resource other = ordering.then.resource;
            if (other == null || other == primitive || primitive.isWithin(other) || !ordering.has(FIRST_IF_THEN)) {
                continue;
            }
            Resource whole = other;
            while (whole.parent != null && !primitive.isWithin(whole.parent)) {
                whole = whole.parent;
            }
            boolean migrates = whole instanceof Primitive && moving.contains(whole);
            if (!migrates
                    && (interrupted(whole, "stop", "start", ordering)
                            || interrupted(whole, "demote", "promote", ordering))) {
                return true;
            }
        }
        return false;
    }

    private boolean interrupted(Resource resource, String down, String up, Ordering ordering) {
        return ordering.then.is(down) && isRequired(resource, down) && isRequired(resource, up);
    }

    private boolean isRequired(Resource resource, String task) {
        return actions.of(resource, task).stream().anyMatch(Action::isRequired);
    }

    private void create(Primitive primitive) {
        ClusterNode source = Objects.requireNonNull(source(primitive));
        ClusterNode target = Objects.requireNonNull(primitive.assigned);
        Action start = Objects.requireNonNull(start(primitive));
        Action stop = Objects.requireNonNull(actions.find(primitive, "stop", source));
        Action from = actions.get(primitive, "migrate_from", target, false);
        describe(from, source, target);
        if (primitive.state.partialTarget == null) {
            Action to = actions.get(primitive, "migrate_to", source, false);
            describe(to, source, target);
            if (!primitive.isConnection()) {
                // Whoever takes over while it is on its way has to know of it; a connection's way is the controllers'
                // own.
                to.attributes.put("CRM_meta_record_pending", "true");
            }
            actions.order(to, from, THEN_NEEDS_FIRST);
        }
        actions.order(from, stop, 0);
        actions.order(from, start, THEN_NEEDS_FIRST);
        start.pseudo = true;
        stop.endsMigration = true;
    }

    /**
     * What the resource's start and stop would wait for, its migration does: it begins when those have arrived that it
     * depends on, and when those are down that depend on it and do not migrate themselves.
     */
    private void order(Primitive primitive, Set<Primitive> moving) {
        ClusterNode source = Objects.requireNonNull(source(primitive));
        Action stop = Objects.requireNonNull(actions.find(primitive, "stop", source));
        Action to = actions.find(primitive, "migrate_to", source);
        Action begin = to == null ? actions.find(primitive, "migrate_from", primitive.assigned) : to;
        for (Ordering ordering : List.copyOf(Objects.requireNonNull(start(primitive)).before)) {
            Action first = ordering.first;
            boolean own = first.resource == primitive && !first.is("monitor");
            // What has set out already has its place.
            boolean late = to == null && ordering.has(LOAD);
            if (!own && !late && !isAbove(first, primitive)) {
                boolean arrives = first.is("start") && moving.contains(first.resource);
                Action awaited = arrives && first.resource != null
                        ? actions.find(first.resource, "migrate_from", first.node)
                        : first;
                actions.order(awaited, begin, ordering.kinds & (THEN_NEEDS_FIRST | LOAD | UNORDERED));
            }
        }
        for (Ordering ordering : List.copyOf(stop.before)) {
            Action first = ordering.first;
            boolean own = first.resource == primitive && !first.is("monitor");
            if (first.resource instanceof Primitive inside && inside.container == primitive) {
                // Where its contents are is found out before it goes on its way.
                actions.of(inside, "monitor").forEach(probe -> actions.order(probe, begin, 0));
            } else if (!own && !isAbove(first, primitive) && !first.endsMigration && !ordering.has(GENERATED)) {
                actions.order(first, begin, ordering.kinds & THEN_NEEDS_FIRST);
            }
        }
    }

    private static boolean isAbove(Action action, Primitive primitive) {
        return action.resource != null && primitive.isWithin(action.resource);
    }

    private static void describe(Action action, ClusterNode source, ClusterNode target) {
        action.attributes.put("CRM_meta_migrate_source", source.name);
        action.attributes.put("CRM_meta_migrate_target", target.name);
    }
}
