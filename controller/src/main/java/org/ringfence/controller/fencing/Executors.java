package org.ringfence.controller.fencing;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.ringfence.controller.Outcomes;
import org.ringfence.controller.facts.Fact;
import org.ringfence.controller.facts.FactsState;
import org.ringfence.model.NodeId;
import org.ringfence.model.cib.Cib;
import org.ringfence.model.cib.Constraint;
import org.ringfence.model.status.OperationRecord;
import org.ringfence.model.status.ResourceHistories;
import org.ringfence.model.value.Score;
import org.ringfence.model.value.Truth;

/**
 * Which nodes may use a fence device against a target, best first: one where the device is started and answered its last
 * monitor, one from which the path to the target is proven, one of which nothing is known, and last one where it failed. A
 * location constraint that keeps the device off a node keeps that node from using it. The target itself is never among them.
 *
 * @param members   who is there and may be asked
 * @param first     the DC: among equals it is first, as nothing has to travel
 * @param histories of resources, which say where devices are looked after
 */
public record Executors(
        List<NodeId> members, NodeId first, SortedMap<NodeId, ResourceHistories> histories, FactsState facts) {
    public Executors {
        members = List.copyOf(members);
    }

    public List<NodeId> of(Cib cib, String device, NodeId target) {
        List<NodeId> able = new ArrayList<>(members);
        able.removeIf(node -> node.equals(target) || isBanned(cib, device, node));
        able.sort(Comparator.comparingInt((NodeId node) -> rank(device, target, node))
                .thenComparing(node -> !node.equals(first))
                .thenComparing(Comparator.naturalOrder()));
        return able;
    }

    private int rank(String device, NodeId target, NodeId node) {
        Optional<OperationRecord> last = lastSeen(device, node);
        if (last.isPresent()) {
            return Outcomes.failed(last.get()) ? 3 : 0;
        }
        return facts.value(Fact.Kind.FENCING_PROOF, target.name(), FencingProof.name(device, node))
                .flatMap(FencingProof::parse)
                .map(proof -> proof.proven() ? 1 : 3)
                .orElse(2);
    }

    /** The last start or monitor of the device there; a probe or a stop says nothing of whether it answers. */
    private Optional<OperationRecord> lastSeen(String device, NodeId node) {
        return Optional.ofNullable(
                        histories.getOrDefault(node, ResourceHistories.NONE).get(device))
                .stream()
                .flatMap(history -> history.operations().stream())
                .max(Comparator.comparingInt(OperationRecord::callId))
                .filter(last -> !Outcomes.isProbe(last) && !last.operation().equals("stop"));
    }

    private static boolean isBanned(Cib cib, String device, NodeId node) {
        boolean symmetric =
                cib.property("symmetric-cluster").flatMap(Truth::parse).orElse(true);
        boolean allowed = symmetric;
        for (Constraint constraint : cib.configuration().constraints()) {
            if (constraint instanceof Constraint.Location location
                    && location.node().equalsIgnoreCase(node.name())
                    && concerns(location, device)) {
                int score = location.score().map(text -> Score.parse(text, 0)).orElse(0);
                if (score <= -Score.INFINITY) {
                    return true;
                }
                allowed |= score >= 0;
            }
        }
        return !allowed;
    }

    private static boolean concerns(Constraint.Location location, String device) {
        if (location.resource().equals(device)
                || location.sets().stream().anyMatch(set -> set.resources().contains(device))) {
            return true;
        }
        if (location.pattern().isEmpty()) {
            return false;
        }
        boolean turned = location.pattern().startsWith("!");
        try {
            Pattern pattern = Pattern.compile(turned ? location.pattern().substring(1) : location.pattern());
            return pattern.matcher(device).find() != turned;
        } catch (PatternSyntaxException broken) {
            // The scheduler says so; it concerns nothing.
            return false;
        }
    }
}
