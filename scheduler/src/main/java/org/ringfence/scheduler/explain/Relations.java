package org.ringfence.scheduler.explain;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.ringfence.scheduler.action.Action;
import org.ringfence.scheduler.constraint.Colocation;
import org.ringfence.scheduler.constraint.Constraints;
import org.ringfence.scheduler.constraint.OrderConstraint;
import org.ringfence.scheduler.reason.Cause;
import org.ringfence.scheduler.reason.Cause.Kind;
import org.ringfence.scheduler.reason.Source;
import org.ringfence.scheduler.resource.Collective;
import org.ringfence.scheduler.resource.Group;
import org.ringfence.scheduler.resource.Resource;

/** What in the configuration makes one action bear on another. It is looked up when it is asked for, for orderings do not keep it. */
final class Relations {
    private final Constraints constraints;

    Relations(Constraints constraints) {
        this.constraints = constraints;
    }

    /** @return nothing when they are steps within one and the same thing, which need no explanation */
    Optional<Cause> between(Action concerned, Action other, boolean possible) {
        Resource here = concerned.resource;
        Resource there = other.resource;
        if (there == null) {
            return ofNode(other);
        }
        String what = possible ? does(other) : there + " cannot " + verb(other.task);
        if (here == null || here == there) {
            return there instanceof Collective
                    ? Optional.empty()
                    : Optional.of(Cause.of(Kind.SEQUENCE, Source.of("resource", there.id), what));
        }
        if (here.isWithin(there) || there.isWithin(here)) {
            return Optional.empty();
        }
        Optional<Cause> constraint = ordering(here, there, what)
                .or(() -> colocation(here, there, what))
                .or(() -> group(here, there, what));
        return Optional.of(
                constraint.orElseGet(() -> new Cause(Kind.NATURE, Source.of("resource", there.id), there.id, what)));
    }

    private static Optional<Cause> ofNode(Action other) {
        if (other.node == null || !other.is("stonith")) {
            return Optional.empty();
        }
        String how = other.attributes.getOrDefault("CRM_meta_stonith_action", "");
        return Optional.of(new Cause(
                Kind.FENCING,
                Source.node(other.node.name),
                other.node.name,
                how.equals("on") ? other.node + " is unfenced" : other.node + " has to be fenced"));
    }

    private Optional<Cause> ordering(Resource here, Resource there, String what) {
        for (OrderConstraint order : constraints.orders) {
            if (touches(order.first(), order.then(), here, there)) {
                return Optional.of(byOrder(order.id(), there, what));
            }
        }
        for (Constraints.AnyOf anyOf : constraints.anyOf) {
            boolean one = within(here, anyOf.first()) && within(there, anyOf.then());
            if (one || (within(there, anyOf.first()) && within(here, anyOf.then()))) {
                return Optional.of(byOrder(anyOf.id(), there, what));
            }
        }
        return Optional.empty();
    }

    private static Cause byOrder(String id, Resource there, String what) {
        return new Cause(Kind.ORDER, Source.of("rsc_order", id), there.id, what + " (ordering constraint " + id + ")");
    }

    private static Optional<Cause> colocation(Resource here, Resource there, String what) {
        for (Resource at = here; at != null; at = at.parent) {
            for (List<Colocation> known : List.of(at.asDependent, at.asPrimary)) {
                for (Colocation colocation : known) {
                    if (colocation.explicit() && touches(colocation.dependent(), colocation.primary(), here, there)) {
                        return Optional.of(new Cause(
                                Kind.COLOCATION,
                                Source.of("rsc_colocation", colocation.id()),
                                there.id,
                                what + " (colocation constraint " + colocation.id() + ")"));
                    }
                }
            }
        }
        return Optional.empty();
    }

    private static Optional<Cause> group(Resource here, Resource there, String what) {
        return here.parent instanceof Group group && group == there.parent
                ? Optional.of(new Cause(
                        Kind.GROUP,
                        Source.of("resource", group.id),
                        there.id,
                        what + " (both are in group " + group + ")"))
                : Optional.empty();
    }

    private static boolean touches(Resource one, Resource other, Resource here, Resource there) {
        return (within(here, one) && within(there, other)) || (within(there, one) && within(here, other));
    }

    private static boolean within(Resource part, List<Resource> wholes) {
        return wholes.stream().anyMatch(whole -> within(part, whole));
    }

    private static boolean within(Resource part, Resource whole) {
        return part == whole || part.isWithin(whole);
    }

    private static String does(Action action) {
        String on = action.node == null ? "" : " on " + action.node;
        return switch (begin(action.task)) {
            case "start" -> action.resource + " starts" + on;
            case "stop" -> action.resource + " stops" + on;
            case "promote" -> action.resource + " is promoted" + on;
            case "demote" -> action.resource + " is demoted" + on;
            case "monitor" -> action.resource + " is probed" + on;
            default -> action.resource + " has " + action.task.replace('_', ' ') + on;
        };
    }

    private static String verb(String task) {
        return switch (begin(task)) {
            case "promote" -> "be promoted";
            case "demote" -> "be demoted";
            default -> begin(task).toLowerCase(Locale.ROOT).replace('_', ' ');
        };
    }

    /** The task that a point at its end is about. */
    private static String begin(@Nullable String task) {
        return switch (task) {
            case null -> "";
            case "running" -> "start";
            case "stopped" -> "stop";
            case "promoted" -> "promote";
            case "demoted" -> "demote";
            default -> task;
        };
    }
}
