package org.ringfence.scheduler.explain;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.ringfence.scheduler.action.Action;
import org.ringfence.scheduler.action.Ordering;
import org.ringfence.scheduler.constraint.Constraints;
import org.ringfence.scheduler.reason.Cause;
import org.ringfence.scheduler.reason.Cause.Kind;
import org.ringfence.scheduler.reason.Explanation;
import org.ringfence.scheduler.reason.Explanation.Fate;
import org.ringfence.scheduler.reason.Source;
import org.ringfence.scheduler.resource.Primitive;
import org.ringfence.scheduler.resource.Resource;

/** Follows an action back to what made it necessary or impossible. */
final class ActionReasons {
    private static final Cause NOT_ASKED = Cause.of(Kind.UNSAID, "nothing asks for it");

    private final Relations relations;

    ActionReasons(Constraints constraints) {
        this.relations = new Relations(constraints);
    }

    Explanation.Step step(Action action) {
        Optional<String> node = Optional.ofNullable(action.node).map(known -> known.name);
        if (!action.optional && !action.runnable) {
            return new Explanation.Step(action.key, node, Fate.IMPOSSIBLE, whyNot(action));
        }
        if (action.inGraph) {
            Fate fate = action.pseudo && action.resource instanceof Primitive ? Fate.IMPLIED : Fate.DONE;
            return new Explanation.Step(action.key, node, fate, why(action));
        }
        return new Explanation.Step(action.key, node, Fate.NOT_NEEDED, notNeeded(action));
    }

    /** Why it is necessary, nearest first. */
    List<Cause> why(Action action) {
        List<Cause> found = new ArrayList<>();
        follow(action, true, found, new HashSet<>());
        return found;
    }

    /** Why it cannot be done, nearest first. */
    List<Cause> whyNot(Action action) {
        List<Cause> found = new ArrayList<>();
        follow(action, false, found, new HashSet<>());
        return found;
    }

    private void follow(Action from, boolean fromNecessary, List<Cause> found, Set<Action> seen) {
        Action at = from;
        boolean necessary = fromNecessary;
        while (seen.add(at)) {
            Action next = necessary ? at.requiredBy : impossible(at);
            if (next == null) {
                Cause own = necessary ? own(at) : at.hindrance;
                if (own.isSaid() && !found.contains(own)) {
                    found.add(own);
                }
                return;
            }
            // What cannot be done may make necessary what it was to undo.
            necessary = necessary && next.isRequired() && next.runnable;
            relations
                    .between(at, next, necessary)
                    .filter(cause -> !found.contains(cause))
                    .ifPresent(found::add);
            at = next;
        }
    }

    /** The action without which it cannot be done. */
    private static @Nullable Action impossible(Action action) {
        if (action.refusedBy != null || action.hindrance.isSaid()) {
            return action.refusedBy;
        }
        for (Ordering ordering : action.before) {
            if (!ordering.first.runnable && ordering.has(Ordering.THEN_NEEDS_FIRST | Ordering.ANY_OF)) {
                return ordering.first;
            }
        }
        return null;
    }

    /** Why it is necessary by itself. */
    private static Cause own(Action action) {
        Resource resource = action.resource;
        if (action.cause.isSaid() || resource == null) {
            return action.cause;
        }
        Source itself = Source.of("resource", resource.id);
        if (!action.cancelled.isEmpty()) {
            return Cause.of(Kind.CARE, itself, "the repeated operation is not wanted there any more");
        }
        return switch (action.task) {
            case "start" -> Cause.of(Kind.WANTED, itself, "it is to run there, and does not");
            case "stop" -> Cause.of(Kind.WANTED, itself, "it is not to run there, and does");
            case "promote" -> Cause.of(Kind.WANTED, itself, "it is to be promoted there, and is not");
            case "demote" -> Cause.of(Kind.WANTED, itself, "it is not to be promoted there, and is");
            case "monitor" ->
                action.intervalMillis == 0
                        ? Cause.of(Kind.CARE, itself, "it is not known whether it is active there")
                        : new Cause(
                                Kind.CARE,
                                new Source("resource", resource.id, "monitor"),
                                "",
                                "its operations ask for it to be monitored every " + action.intervalMillis + " ms");
            case "migrate_to", "migrate_from" ->
                Cause.of(Kind.MIGRATION, Source.meta(resource.id, "allow-migrate"), "it can be moved without a stop");
            case "notify" -> Cause.of(Kind.CARE, Source.meta(resource.id, "notify"), "it is told what others do");
            case "delete", "lrm_delete" -> Cause.of(Kind.CARE, itself, "the node is to forget what it knows of it");
            case "clear_failcount" -> Cause.of(Kind.CARE, itself, "its failures are to be forgotten");
            default -> Cause.of(Kind.CARE, itself, "it follows from what else is done with it");
        };
    }

    private static List<Cause> notNeeded(Action action) {
        Resource resource = action.resource;
        if (resource != null && !resource.managed) {
            return List.of(Cause.of(
                    Kind.UNMANAGED,
                    Source.of("resource", resource.id),
                    resource.blocked
                            ? "it is blocked by a failure"
                            : resource.maintenance ? "it is in maintenance" : "it is not managed"));
        }
        return List.of(NOT_ASKED);
    }
}
