package org.ringfence.scheduler.foresee;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.SortedSet;
import java.util.TreeSet;
import org.ringfence.model.cib.Cib;
import org.ringfence.model.status.NodeState;
import org.ringfence.model.value.Score;
import org.ringfence.model.value.Truth;
import org.ringfence.scheduler.foresee.Change.Weight;
import org.ringfence.scheduler.reason.Cause;
import org.ringfence.scheduler.reason.Explanation;
import org.ringfence.scheduler.reason.Explanation.Fate;
import org.ringfence.scheduler.reason.Explanation.NodeScore;
import org.ringfence.scheduler.reason.Term;

/**
 * What might make a cause go away. An idea is no more than that: whether it helps is found out by trying it, so one too many does no harm.
 */
final class Ideas {
    private final Cib cib;
    private final Tree tree;

    Ideas(Cib cib) {
        this.cib = cib;
        this.tree = new Tree(cib.configuration());
    }

    /** Lightest first. */
    List<Change> of(Collection<Explanation> explanations) {
        SequencedSet<Change> changes = new LinkedHashSet<>();
        for (Explanation explanation : explanations) {
            String resource = tree.configured(explanation.resource()).orElse(explanation.resource());
            causes(explanation).forEach(cause -> changes.addAll(of(resource, cause)));
        }
        return changes.stream().sorted(Comparator.comparing(Change::weight)).toList();
    }

    /** All that speaks against an instance being active: of the decision, of each node, of what cannot be done. */
    static List<Cause> causes(Explanation explanation) {
        List<Cause> causes = new ArrayList<>(explanation.because());
        for (NodeScore score : explanation.scores()) {
            causes.addAll(against(score));
        }
        explanation.actions().stream()
                .filter(step -> step.fate() == Fate.IMPOSSIBLE)
                .forEach(step -> causes.addAll(step.because()));
        return causes.stream().distinct().toList();
    }

    static List<Cause> against(NodeScore score) {
        List<Cause> causes = new ArrayList<>();
        score.unusable().ifPresent(causes::add);
        score.terms().stream()
                .filter(term -> term.amount() < 0)
                .map(Term::cause)
                .forEach(causes::add);
        return causes;
    }

    /** Other resources that a cause is about, by their names in the configuration. */
    SortedSet<String> others(Explanation explanation) {
        NavigableSet<String> others = new TreeSet<>();
        for (Cause cause : causes(explanation)) {
            tree.configured(cause.other()).ifPresent(others::add);
            tree.configured(cause.source().id()).ifPresent(others::add);
            connection(cause.other()).ifPresent(others::add);
        }
        return others;
    }

    /** The resource by which a remote or guest node is reached. */
    private Optional<String> connection(String node) {
        boolean member = cib.configuration().nodeNamed(node).isPresent();
        return member ? Optional.empty() : tree.configured(node);
    }

    private List<Change> of(String resource, Cause cause) {
        String about = tree.configured(cause.source().id()).orElse(resource);
        return switch (cause.kind()) {
            case TARGET_ROLE -> targetRole(about, cause);
            case NODE -> node(cause.source().id());
            case LOCATION -> List.of(constraint("location", cause.source().id(), resource));
            case COLOCATION, WISH ->
                cause.source().element().equals("rsc_colocation")
                        ? List.of(constraint("colocation", cause.source().id(), resource))
                        : List.of();
            case ORDER -> List.of(constraint("ordering", cause.source().id(), resource));
            case OPT_IN -> optIn(resource);
            case UNMANAGED -> managed(about);
            case FAILURES -> List.of(forget(resource, cause.other()), forget(resource, ""));
            case FAILED, PLACE -> List.of(forget(about, ""), forget("", ""));
            case HEALTH -> List.of(health(cause.other()), option("node-health-strategy", "none"));
            case UTILIZATION -> List.of(option("placement-strategy", "default"));
            case TICKET -> List.of(ticket(cause.other()));
            case SHUTDOWN_LOCK -> {
                List<Change> changes = new ArrayList<>(node(cause.other()));
                changes.add(option("shutdown-lock", "false"));
                yield changes;
            }
            case INSTANCES -> instances(about, cause);
            case QUORUM -> List.of(quorum());
            case FENCING ->
                cause.source().element().equals("node") ? node(cause.source().id()) : List.of(device());
            case UNSAID,
                    DISCOVERY,
                    GROUP,
                    STICKINESS,
                    PROMOTION,
                    NATURE,
                    REMOVED,
                    NO_NODE,
                    MIGRATION,
                    PARAMETERS,
                    SEQUENCE,
                    WANTED,
                    CARE -> List.of();
        };
    }

    private List<Change> targetRole(String resource, Cause cause) {
        if (cause.source().name().equals("stop-all-resources")) {
            return List.of(option("stop-all-resources", "false"));
        }
        List<String> carriers = tree.carriers(resource, "target-role", "stopped"::equalsIgnoreCase);
        if (carriers.size() > 1) {
            return List.of(meta(carriers, "target-role", "Started"));
        }
        return List.of(meta(carriers.isEmpty() ? List.of(resource) : carriers, "target-role", "Started"));
    }

    private List<Change> managed(String resource) {
        List<Change> changes = new ArrayList<>();
        if (cib.property("maintenance-mode").flatMap(Truth::parse).orElse(false)) {
            changes.add(new Change(
                    Weight.NODE,
                    "end the cluster's maintenance",
                    "ringfence maintenance off",
                    (base, _) -> Changes.property(base, "maintenance-mode", "false")));
        }
        changes.add(forget(resource, ""));
        List<String> maintained = tree.carriers(resource, "maintenance", text -> Truth.parse(text, false));
        if (!maintained.isEmpty()) {
            changes.add(meta(maintained, "maintenance", "false"));
        }
        List<String> unmanaged = tree.carriers(resource, "is-managed", text -> !Truth.parse(text, true));
        changes.add(meta(unmanaged.isEmpty() ? List.of(resource) : unmanaged, "is-managed", "true"));
        return changes;
    }

    private List<Change> node(String node) {
        boolean configured = cib.configuration().nodeNamed(node).isPresent();
        if (node.isEmpty() || !configured) {
            return List.of();
        }
        Optional<NodeState> state = cib.status().nodes().values().stream()
                .filter(known -> known.uname().equals(node))
                .findFirst();
        List<Change> changes = new ArrayList<>();
        if (Changes.isOn(cib, node, "standby")) {
            changes.add(new Change(
                    Weight.NODE,
                    "take " + node + " out of standby",
                    "ringfence standby " + node + " --off",
                    (base, _) -> Changes.withoutNodeAttribute(base, node, "standby")));
        }
        if (Changes.isOn(cib, node, "maintenance")) {
            changes.add(new Change(
                    Weight.NODE,
                    "end the maintenance of " + node,
                    "ringfence maintenance off --node " + node,
                    (base, _) -> Changes.withoutNodeAttribute(base, node, "maintenance")));
        }
        boolean here = state.map(known -> known.membership().getOrDefault("crmd", ""))
                .filter(since -> since.equals("online") || Score.parse(since, 0) > 0)
                .isPresent();
        boolean leaving = state.map(known -> known.attributes().containsKey("shutdown")
                        || known.membership().containsKey("shutdown"))
                .orElse(false);
        if (here && !leaving && !changes.isEmpty()) {
            // It is kept out by what is asked of it, and nothing is wrong with it.
            return changes;
        }
        changes.add(new Change(
                Weight.NODE,
                (leaving ? "let " + node + " end what it is doing, and start it again" : "bring " + node + " back"),
                "",
                (base, now) -> Changes.up(base, node, now)));
        changes.add(new Change(
                Weight.NODE,
                "make sure that " + node + " is off, and say so",
                "ringfence fence confirm " + node + " --reason TEXT",
                (base, now) -> Changes.down(base, node, now)));
        changes.add(forget("", node));
        return changes;
    }

    private Change constraint(String kind, String id, String resource) {
        boolean intent = id.startsWith("ringfence-move-") || id.startsWith("ringfence-ban-");
        return new Change(
                intent ? Weight.RESOURCE : Weight.CONSTRAINT,
                intent
                        ? "take back what was asked by move or ban (" + id + ")"
                        : "remove " + kind + " constraint " + id,
                intent ? "ringfence move " + resource + " --clear" : "ringfence configure delete " + id,
                (base, _) -> Changes.withoutConstraint(base, id));
    }

    private List<Change> optIn(String resource) {
        List<Change> changes = new ArrayList<>();
        String top = tree.upwards(resource).getLast();
        cib.configuration()
                .nodes()
                .values()
                .forEach(node -> changes.add(new Change(
                        Weight.CONSTRAINT,
                        "allow " + top + " on " + node.name(),
                        "echo 'location " + top + "-on-" + node.name() + " " + top + " 0: " + node.name()
                                + "' | ringfence apply -",
                        (base, _) -> Changes.location(base, top + "-on-" + node.name(), top, node.name(), 0))));
        changes.add(option("symmetric-cluster", "true"));
        return changes;
    }

    /** Lets a resource be preferred somewhere above all. */
    static Change move(String resource, String node) {
        return new Change(
                Weight.RESOURCE,
                "move " + resource + " to " + node,
                "ringfence move " + resource + " " + node,
                (base, _) -> Changes.location(base, "ringfence-move-" + resource, resource, node, Score.INFINITY));
    }

    /** Empty names mean all resources, all nodes. */
    private static Change forget(String resource, String node) {
        String what = resource.isEmpty() ? "all failures" : "the failures of " + resource;
        return new Change(
                Weight.FORGET,
                "once their cause is mended, forget " + what + (node.isEmpty() ? "" : " on " + node),
                "ringfence cleanup" + (resource.isEmpty() ? "" : " " + resource)
                        + (node.isEmpty() ? "" : " --node " + node),
                (base, _) -> Changes.forget(base, resource, node));
    }

    private static Change meta(List<String> resources, String name, String value) {
        String which = String.join(" and ", resources);
        return new Change(
                Weight.RESOURCE,
                "set " + name + " of " + which + " to " + value,
                String.join(
                        "; ",
                        resources.stream()
                                .map(one -> "ringfence configure set --resource " + one + " " + name + "=" + value)
                                .toList()),
                (base, _) -> Changes.meta(base, resources, name, value));
    }

    private static Change option(String name, String value) {
        return new Change(
                Weight.OPTION,
                "set " + name + " to " + value,
                "ringfence configure set " + name + "=" + value,
                (base, _) -> Changes.property(base, name, value));
    }

    private static List<Change> instances(String resource, Cause cause) {
        String name = cause.source().name();
        if (name.isEmpty()) {
            return List.of();
        }
        return List.of(new Change(
                Weight.RESOURCE,
                "take " + name + " from " + resource,
                "ringfence configure set --resource " + resource + " " + name + "=",
                (base, _) -> Changes.withoutMeta(base, resource, name)));
    }

    private static Change health(String node) {
        return new Change(
                Weight.NODE, "mend what makes " + node + " unhealthy", "", (base, _) -> Changes.healthy(base, node));
    }

    private static Change ticket(String ticket) {
        return new Change(
                Weight.PERMISSION,
                "grant ticket " + ticket + " to this site",
                "",
                (base, now) -> Changes.grant(base, ticket, now));
    }

    private static Change quorum() {
        return new Change(
                Weight.PERMISSION, "bring enough nodes back for quorum", "", (base, _) -> Changes.quorum(base));
    }

    private static Change device() {
        return new Change(
                Weight.DEVICE,
                "configure a fence device for each node",
                "see 'ringfence status' for commands that fit this host",
                (base, _) -> Changes.device(base));
    }
}
