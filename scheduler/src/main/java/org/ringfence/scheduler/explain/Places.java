package org.ringfence.scheduler.explain;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.ringfence.model.value.Score;
import org.ringfence.scheduler.cluster.ClusterNode;
import org.ringfence.scheduler.cluster.Nodes;
import org.ringfence.scheduler.reason.Account;
import org.ringfence.scheduler.reason.Cause;
import org.ringfence.scheduler.reason.Cause.Kind;
import org.ringfence.scheduler.reason.Explanation.NodeScore;
import org.ringfence.scheduler.reason.Source;
import org.ringfence.scheduler.reason.Term;
import org.ringfence.scheduler.resource.Primitive;

/** What speaks for and against each node, and what decided between them. */
final class Places {
    private final Nodes nodes;
    private final Primitive primitive;

    Places(Nodes nodes, Primitive primitive) {
        this.nodes = nodes;
        this.primitive = primitive;
    }

    List<NodeScore> scores() {
        return nodes.all().stream()
                .map(node -> new NodeScore(
                        node.name,
                        primitive.scores[node.index],
                        primitive.assigned == node,
                        Decisions.unusable(node),
                        terms(node)))
                .toList();
    }

    private List<Term> terms(ClusterNode node) {
        Account account = primitive.account;
        return account == null ? List.of() : account.terms(node.index);
    }

    /** Why the node that was chosen was: what it has that others have not. */
    List<Cause> choice() {
        ClusterNode chosen = primitive.assigned;
        if (chosen == null || !primitive.managed) {
            return List.of();
        }
        int best = primitive.scores[chosen.index];
        List<ClusterNode> equal = nodes.all().stream()
                .filter(node -> node != chosen && isOpen(node) && primitive.scores[node.index] == best)
                .toList();
        boolean alone = nodes.all().stream().noneMatch(node -> node != chosen && isOpen(node));
        String text;
        if (alone) {
            text = chosen + " is the only node that can have it";
        } else if (equal.isEmpty()) {
            text = chosen + " has its highest score, " + Score.text(best);
        } else {
            String others = equal.stream().map(node -> node.name).collect(Collectors.joining(", "));
            text = chosen + " has its highest score, " + Score.text(best) + ", as much as " + others + "; "
                    + (primitive.active.contains(chosen)
                            ? "it stays where it is"
                            : "among equals the one with more room or fewer resources is taken, then the first by"
                                    + " name");
        }
        List<Cause> causes = new ArrayList<>();
        causes.add(new Cause(Kind.WANTED, Source.of("resource", primitive.id), chosen.name, text));
        if (alone) {
            causes.addAll(excluded());
        } else {
            terms(chosen).stream()
                    .filter(term -> term.amount() > 0)
                    .map(Term::cause)
                    .forEach(causes::add);
        }
        return causes;
    }

    /** Why it does not stay where it is. */
    List<Cause> moved() {
        List<Cause> causes = new ArrayList<>();
        for (ClusterNode node : primitive.active) {
            if (node != primitive.assigned) {
                against(node).ifPresentOrElse(causes::add, () -> causes.addAll(choice()));
            }
        }
        return causes;
    }

    /** What keeps it from each node. */
    List<Cause> excluded() {
        return nodes.all().stream()
                .filter(node -> node != primitive.assigned)
                .flatMap(node -> against(node).stream())
                .distinct()
                .toList();
    }

    private boolean isOpen(ClusterNode node) {
        return against(node).isEmpty();
    }

    /** What makes a node impossible; empty when it is possible. */
    private Optional<Cause> against(ClusterNode node) {
        Optional<Cause> unusable = Decisions.unusable(node);
        if (unusable.isPresent() || primitive.scores[node.index] >= 0) {
            return unusable;
        }
        List<Term> terms = terms(node);
        return terms.stream()
                .filter(term -> term.after() <= -Score.INFINITY)
                .findFirst()
                .or(() -> terms.stream().filter(term -> term.after() < 0).findFirst())
                .map(term -> new Cause(
                        term.cause().kind(),
                        term.cause().source(),
                        node.name,
                        "not on " + node + ": " + term.cause().text()));
    }
}
