package org.ringfence.controller.fencing;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.ringfence.controller.Outcomes;
import org.ringfence.model.NodeId;
import org.ringfence.model.cib.AttributeSet;
import org.ringfence.model.cib.Cib;
import org.ringfence.model.cib.Resource;
import org.ringfence.model.status.ExitCode;
import org.ringfence.model.status.OperationRecord;
import org.ringfence.model.status.ResourceHistories;
import org.ringfence.model.status.ResourceHistory;
import org.ringfence.model.value.Score;

/**
 * How much what runs on each node matters: the sum of the {@code priority} of the resources that may be active there; a
 * promoted instance counts one more, if it counts at all (Pacemaker Explained, "Cluster Options", priority-fencing-delay).
 */
final class NodePriorities {
    private NodePriorities() {}

    static SortedMap<NodeId, Integer> of(Cib cib, List<NodeId> nodes, SortedMap<NodeId, ResourceHistories> histories) {
        Map<String, Integer> priorities = byPrimitive(cib);
        var sums = new TreeMap<NodeId, Integer>();
        for (NodeId node : nodes) {
            int sum = histories.getOrDefault(node, ResourceHistories.NONE).values().stream()
                    .filter(Outcomes::mayBeActive)
                    .mapToInt(history -> worth(history, priorities.getOrDefault(primitive(history.resource()), 0)))
                    .sum();
            sums.put(node, sum);
        }
        return sums;
    }

    private static int worth(ResourceHistory history, int priority) {
        return priority != 0 && isPromoted(history) ? priority + 1 : priority;
    }

    private static boolean isPromoted(ResourceHistory history) {
        return history.operations().stream()
                .filter(operation -> !operation.id().endsWith("_last_failure_0"))
                .reduce((one, other) -> other.callId() >= one.callId() ? other : one)
                .filter(NodePriorities::saysPromoted)
                .isPresent();
    }

    private static boolean saysPromoted(OperationRecord last) {
        return (last.operation().equals("promote") && last.exitCode() == ExitCode.OK.number())
                || (last.operation().equals("monitor") && last.exitCode() == ExitCode.PROMOTED.number());
    }

    private static String primitive(String instance) {
        int colon = instance.indexOf(':');
        return colon < 0 ? instance : instance.substring(0, colon);
    }

    private static Map<String, Integer> byPrimitive(Cib cib) {
        int usual = written(cib.configuration().resourceDefaults(), 0);
        var found = new TreeMap<String, Integer>();
        cib.configuration().resources().values().forEach(top -> collect(top, usual, found));
        return found;
    }

    private static void collect(Resource resource, int inherited, Map<String, Integer> found) {
        int own = written(resource.meta(), inherited);
        switch (resource) {
            case Resource.Primitive primitive -> found.put(primitive.id(), own);
            case Resource.Group group -> group.members().forEach(member -> collect(member, own, found));
            case Resource.Clone clone -> collect(clone.child(), own, found);
            case Resource.Bundle bundle -> bundle.child().ifPresent(child -> collect(child, own, found));
        }
    }

    private static int written(List<AttributeSet> sets, int otherwise) {
        return AttributeSet.byImportance(sets).stream()
                .filter(set -> set.rule().isEmpty())
                .flatMap(set -> Optional.ofNullable(set.values().get("priority")).stream())
                .findFirst()
                .map(text -> Score.parse(text, 0))
                .orElse(otherwise);
    }
}
