package org.ringfence.scheduler.constraint;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.ringfence.model.cib.Configuration;
import org.ringfence.model.cib.Constraint;
import org.ringfence.model.cib.Constraint.ResourceSet;
import org.ringfence.model.problem.Problem;
import org.ringfence.model.value.Score;
import org.ringfence.model.value.Truth;
import org.ringfence.scheduler.cluster.Nodes;
import org.ringfence.scheduler.cluster.Options;
import org.ringfence.scheduler.constraint.OrderConstraint.Kind;
import org.ringfence.scheduler.resource.OperationSettings;
import org.ringfence.scheduler.resource.Resource;
import org.ringfence.scheduler.resource.Resources;
import org.ringfence.scheduler.resource.Role;
import org.ringfence.scheduler.rule.Rules;

/** Resolves colocations, orderings and tickets; see Pacemaker Explained, "Resource Sets", for what sets mean. */
public final class ConstraintReader {
    private final Configuration configuration;
    private final List<Problem> problems;
    private final Names names;
    private final LocationReader locations;
    private final Constraints constraints = new Constraints();

    public ConstraintReader(
            Configuration configuration,
            Options options,
            Nodes nodes,
            Resources resources,
            OperationSettings operations,
            Rules.Context context,
            List<Problem> problems) {
        this.configuration = configuration;
        this.problems = problems;
        this.names = new Names(configuration, resources, problems);
        this.locations =
                new LocationReader(configuration, options, nodes, resources, operations, context, problems, names);
    }

    public Constraints read() {
        locations.read();
        for (Constraint constraint : configuration.constraints()) {
            switch (constraint) {
                case Constraint.Location _ -> {}
                case Constraint.Colocation colocation -> colocation(colocation);
                case Constraint.Order order -> order(order);
                case Constraint.Ticket ticket -> ticket(ticket);
            }
        }
        return constraints;
    }

    private void ticket(Constraint.Ticket ticket) {
        if (ticket.sets().isEmpty()) {
            for (Resource resource : names.resolve(ticket.resource(), ticket.id(), ticket.place())) {
                use(ticket, resource, ticket.role());
            }
            return;
        }
        for (ResourceSet set : ticket.sets()) {
            for (Resource resource : resolve(set, ticket.id())) {
                use(ticket, resource, set.role());
            }
        }
    }

    private void use(Constraint.Ticket ticket, Resource resource, String role) {
        constraints.tickets.add(new Constraints.TicketUse(
                ticket.id(),
                resource,
                Role.parse(role),
                ticket.ticket(),
                ticket.lossPolicy().toLowerCase(Locale.ROOT)));
    }

    private List<Resource> resolve(ResourceSet set, String constraint) {
        var found = new ArrayList<Resource>();
        for (String name : set.resources()) {
            found.addAll(names.resolve(name, constraint, set.place()));
        }
        return found;
    }

    private void colocation(Constraint.Colocation colocation) {
        int score = Score.parse(colocation.score().orElse("0"), 0);
        if (colocation.sets().isEmpty()) {
            if (names.isMultiple(colocation.dependent()) && names.isMultiple(colocation.primary())) {
                problems.add(Problem.warning(
                        colocation.place(),
                        "constraint \"" + colocation.id() + "\"",
                        "names a template or tag on both sides, which does not say who is with whom; it has no effect",
                        "use resource sets"));
                return;
            }
            List<Resource> dependents = names.resolve(colocation.dependent(), colocation.id(), colocation.place());
            List<Resource> primaries = names.resolve(colocation.primary(), colocation.id(), colocation.place());
            for (Resource dependent : dependents) {
                for (Resource primary : primaries) {
                    add(colocation, dependent, colocation.dependentRole(), primary, colocation.primaryRole(), score);
                }
            }
            return;
        }
        ResourceSet previous = null;
        for (ResourceSet set : colocation.sets()) {
            within(colocation, set, set.score().map(own -> Score.parse(own, 0)).orElse(score));
            if (previous != null) {
                between(colocation, previous, set, score);
            }
            previous = set;
        }
    }

    /** In a sequential set each is with the one before it, or apart from all before it; in a listed one with the next. */
    private void within(Constraint.Colocation colocation, ResourceSet set, int score) {
        if (!set.sequential() || score == 0) {
            return;
        }
        List<Resource> members = resolve(set, colocation.id());
        if (set.ordering().equals("listed") && score > 0) {
            members = members.reversed();
        }
        for (int index = 1; index < members.size(); index++) {
            for (int before = score > 0 ? index - 1 : 0; before < index; before++) {
                add(colocation, members.get(index), set.role(), members.get(before), set.role(), score);
            }
        }
    }

    /** The earlier set depends on the later: its first on the other's last when they are sequential, else all on all. */
    private void between(Constraint.Colocation colocation, ResourceSet dependents, ResourceSet primaries, int score) {
        List<Resource> from = resolve(dependents, colocation.id());
        List<Resource> to = resolve(primaries, colocation.id());
        if (from.isEmpty() || to.isEmpty()) {
            return;
        }
        List<Resource> dependent = dependents.sequential() ? from.subList(0, 1) : from;
        List<Resource> primary = primaries.sequential() ? to.subList(to.size() - 1, to.size()) : to;
        for (Resource left : dependent) {
            for (Resource right : primary) {
                add(colocation, left, dependents.role(), right, primaries.role(), score);
            }
        }
    }

    private void add(
            Constraint.Colocation source,
            Resource dependent,
            String dependentRole,
            Resource primary,
            String primaryRole,
            int score) {
        if (score == 0 || dependent.equals(primary)) {
            return;
        }
        boolean influence = source.influence().flatMap(Truth::parse).orElse(dependent.settings.critical());
        link(new Colocation(
                source.id(),
                dependent,
                primary,
                score,
                role(dependentRole),
                role(primaryRole),
                source.nodeAttribute(),
                influence,
                true));
    }

    /** Whatever runs is started. */
    private static Role role(String written) {
        Role role = Role.parse(written);
        return role == Role.STARTED ? Role.UNKNOWN : role;
    }

    /** Makes both ends know of it. */
    public static void link(Colocation colocation) {
        colocation.dependent().asDependent.add(colocation);
        colocation.primary().asPrimary.add(colocation);
    }

    private void order(Constraint.Order order) {
        Kind kind = kind(order.kind(), order.score(), Kind.MANDATORY);
        if (order.sets().isEmpty()) {
            String firstTask = order.firstAction().isEmpty() ? "start" : order.firstAction();
            String thenTask = order.thenAction().isEmpty() ? firstTask : order.thenAction();
            List<Resource> firsts = names.resolve(order.first(), order.id(), order.place());
            List<Resource> thens = names.resolve(order.then(), order.id(), order.place());
            boolean requireAll = order.requireAll().flatMap(Truth::parse).orElse(true);
            for (Resource first : firsts) {
                for (Resource then : thens) {
                    add(order, kind, first, firstTask, then, thenTask, requireAll);
                }
            }
            return;
        }
        @Nullable ResourceSet previous = null;
        for (ResourceSet set : order.sets()) {
            List<Resource> members = resolve(set, order.id());
            Kind inside = kind(set.kind(), Optional.empty(), kind);
            if (inside == Kind.SERIALIZE) {
                pairs(order, set, members);
            }
            for (int index = 1; set.sequential() && set.requireAll() && index < members.size(); index++) {
                add(order, inside, members.get(index - 1), task(set), members.get(index), task(set), true);
            }
            if (previous != null) {
                between(order, kind, previous, set);
            }
            previous = set;
        }
    }

    /** No two of them at a time, whether they are sequential or not. */
    private void pairs(Constraint.Order order, ResourceSet set, List<Resource> members) {
        for (int index = 1; index < members.size(); index++) {
            for (Resource before : members.subList(0, index)) {
                add(order, Kind.SERIALIZE, before, task(set), members.get(index), task(set), true);
            }
        }
    }

    private static String task(ResourceSet set) {
        return set.action().isEmpty() ? "start" : set.action();
    }

    /** All of the one set come before all of the other: what is idle in between, in a sequential set, parts nobody. */
    private void between(Constraint.Order order, Kind kind, ResourceSet firsts, ResourceSet thens) {
        List<Resource> from = resolve(firsts, order.id());
        List<Resource> to = resolve(thens, order.id());
        if (from.isEmpty() || to.isEmpty()) {
            return;
        }
        if (!firsts.requireAll()) {
            constraints.anyOf.add(new Constraints.AnyOf(firsts.id(), from, task(firsts), to, task(thens), kind));
            return;
        }
        for (Resource first : from) {
            for (Resource then : to) {
                add(order, kind, first, task(firsts), then, task(thens), true);
            }
        }
    }

    private void add(
            Constraint.Order order,
            Kind kind,
            Resource first,
            String firstTask,
            Resource then,
            String thenTask,
            boolean requireAll) {
        boolean symmetrical = order.symmetrical().flatMap(Truth::parse).orElse(kind != Kind.SERIALIZE);
        boolean asymmetrical = !symmetrical && kind != Kind.SERIALIZE;
        constraints.orders.add(new OrderConstraint(
                order.id(),
                first,
                firstTask,
                then,
                thenTask,
                kind,
                symmetrical && kind != Kind.SERIALIZE,
                asymmetrical,
                "",
                requireAll));
    }

    private Kind kind(String written, Optional<String> score, Kind otherwise) {
        return switch (written.toLowerCase(Locale.ROOT)) {
            case "mandatory" -> Kind.MANDATORY;
            case "optional" -> Kind.OPTIONAL;
            case "serialize" -> Kind.SERIALIZE;
            case "" ->
                score.isPresent() ? (Score.parse(score.get(), 0) > 0 ? Kind.MANDATORY : Kind.OPTIONAL) : otherwise;
            default -> {
                problems.add(Problem.warning(
                        configuration.constraints().getFirst().place(),
                        "an ordering",
                        "has kind '" + written + "', which is not known; Mandatory is taken",
                        "use Mandatory, Optional or Serialize"));
                yield Kind.MANDATORY;
            }
        };
    }
}
