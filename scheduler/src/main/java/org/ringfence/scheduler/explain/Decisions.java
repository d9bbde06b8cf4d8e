package org.ringfence.scheduler.explain;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.ringfence.scheduler.action.Action;
import org.ringfence.scheduler.action.Actions;
import org.ringfence.scheduler.cluster.ClusterNode;
import org.ringfence.scheduler.cluster.Nodes;
import org.ringfence.scheduler.reason.Cause;
import org.ringfence.scheduler.reason.Cause.Kind;
import org.ringfence.scheduler.reason.Explanation;
import org.ringfence.scheduler.reason.Explanation.Decision;
import org.ringfence.scheduler.reason.Source;
import org.ringfence.scheduler.resource.Primitive;
import org.ringfence.scheduler.resource.Role;

/** What became of one instance, and why that and nothing else. */
final class Decisions {
    private final Actions actions;
    private final ActionReasons reasons;
    private final Primitive primitive;
    private final Places places;

    Decisions(Nodes nodes, Actions actions, ActionReasons reasons, Primitive primitive) {
        this.actions = actions;
        this.reasons = reasons;
        this.primitive = primitive;
        this.places = new Places(nodes, primitive);
    }

    Explanation explanation() {
        Decision decision = decision();
        return new Explanation(
                primitive.id,
                word(primitive.role),
                primitive.active.stream().map(node -> node.name).toList(),
                word(primitive.nextRole),
                Optional.ofNullable(primitive.assigned).map(node -> node.name),
                decision,
                because(decision),
                places.scores(),
                primitive.promotionAccount == null ? List.of() : primitive.promotionAccount.terms(0),
                actions.ofAll(primitive).stream().map(reasons::step).toList());
    }

    private static String word(Role role) {
        Role shown = role == Role.UNKNOWN ? Role.STOPPED : role;
        String name = shown.name();
        return name.charAt(0) + name.substring(1).toLowerCase(Locale.ROOT);
    }

    private Decision decision() {
        boolean stops = isDone("stop");
        boolean starts = isDone("start");
        if (isDone("migrate_to") || isDone("migrate_from")) {
            return Decision.MIGRATES;
        }
        if (stops && starts) {
            return primitive.assigned != null && primitive.active.contains(primitive.assigned)
                    ? Decision.RESTARTS
                    : Decision.MOVES;
        }
        if (starts && primitive.active.isEmpty()) {
            return Decision.STARTS;
        }
        if (stops) {
            return Decision.STOPS;
        }
        if (isDone("promote")) {
            return Decision.PROMOTED;
        }
        if (isDone("demote")) {
            return Decision.DEMOTED;
        }
        if (isDone("reload-agent")) {
            return Decision.RELOADS;
        }
        if (primitive.active.isEmpty()) {
            return Decision.STAYS_STOPPED;
        }
        return refused() != null || primitive.blocked ? Decision.BLOCKED : Decision.STAYS;
    }

    private boolean isDone(String task) {
        return find(task, action -> action.inGraph) != null;
    }

    private @Nullable Action find(String task, Predicate<Action> which) {
        return actions.of(primitive, task).stream().filter(which).findFirst().orElse(null);
    }

    /** What would have to be done with it, and cannot. */
    private @Nullable Action refused() {
        for (String task : List.of("stop", "start", "demote", "promote")) {
            Action found = find(task, action -> action.isRequired() && !action.runnable && action.node != null);
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    private List<Cause> because(Decision decision) {
        return switch (decision) {
            case STARTS -> with(done("start"), places.choice());
            case STOPS -> nowhere(done("stop"));
            case RESTARTS, MIGRATES, MOVES -> with(done("stop"), places.moved());
            case RELOADS -> done("reload-agent");
            case PROMOTED -> done("promote");
            case DEMOTED -> done("demote");
            case STAYS -> stays();
            case STAYS_STOPPED -> stopped();
            case BLOCKED -> blocked();
        };
    }

    private List<Cause> done(String task) {
        Action action = find(task, found -> found.inGraph);
        return action == null ? List.of() : reasons.why(action);
    }

    private static List<Cause> with(List<Cause> first, List<Cause> more) {
        List<Cause> all = new ArrayList<>(first);
        more.stream().filter(cause -> !all.contains(cause)).forEach(all::add);
        return all;
    }

    /** That no node is available is explained by what is the matter with each. */
    private List<Cause> nowhere(List<Cause> causes) {
        return causes.stream().anyMatch(cause -> cause.kind() == Kind.NO_NODE)
                ? with(causes, places.excluded())
                : causes;
    }

    private List<Cause> stays() {
        return primitive.managed ? places.choice() : List.of(unmanaged());
    }

    private Cause unmanaged() {
        return Cause.of(
                Kind.UNMANAGED,
                Source.of("resource", primitive.configured.id()),
                primitive.maintenance ? "it is in maintenance" : "it is not managed");
    }

    private List<Cause> stopped() {
        Action start = find("start", action -> !action.runnable);
        if (primitive.nextRole.isActive() && start != null) {
            return reasons.whyNot(start);
        }
        return primitive.nextRoleReason.isSaid() ? nowhere(List.of(primitive.nextRoleReason)) : List.of(unmanaged());
    }

    private List<Cause> blocked() {
        Action refused = refused();
        if (refused != null) {
            return reasons.whyNot(refused);
        }
        return List.of(Cause.of(
                Kind.UNMANAGED, Source.of("primitive", primitive.configured.id()), "it is blocked by a failure"));
    }

    /** Why nothing at all can be assigned to a node; empty when something can. */
    static Optional<Cause> unusable(ClusterNode node) {
        String why = "";
        if (node.unclean) {
            why = "is unclean" + (node.fencingReasons.isEmpty() ? "" : ": " + node.fencingReasons.getFirst());
        } else if (!node.online) {
            why = "is offline";
        } else if (node.pending) {
            why = "is still joining";
        } else if (node.shutdown) {
            why = "is leaving";
        } else if (node.standbyOnFail) {
            why = "is in standby, because a failure asked for that";
        } else if (node.standby) {
            why = "is in standby";
        } else if (node.maintenance) {
            why = "is in maintenance";
        }
        return why.isEmpty()
                ? Optional.empty()
                : Optional.of(new Cause(Kind.NODE, Source.node(node.name), node.name, node + " " + why));
    }
}
