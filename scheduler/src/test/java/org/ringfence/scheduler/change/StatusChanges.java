package org.ringfence.scheduler.change;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Random;
import java.util.SequencedMap;
import org.ringfence.model.cib.Cib;
import org.ringfence.model.status.NodeState;
import org.ringfence.model.status.OperationRecord;
import org.ringfence.model.status.ResourceHistory;
import org.ringfence.model.status.Status;

/** Small things that happen in a cluster, drawn from a seed. */
final class StatusChanges {
    private final Random random;

    StatusChanges(long seed) {
        random = new Random(seed);
    }

    /** The base after one more thing has happened; the same one when nothing is remembered that could change. */
    Cib next(Cib cib) {
        List<NodeState> nodes = cib.status().nodes().values().stream()
                .filter(node -> !node.history().isEmpty())
                .toList();
        if (nodes.isEmpty()) {
            return cib;
        }
        NodeState node = nodes.get(random.nextInt(nodes.size()));
        List<ResourceHistory> histories = new ArrayList<>(node.history().values());
        ResourceHistory history = histories.get(random.nextInt(histories.size()));
        return switch (random.nextInt(8)) {
            case 0 -> with(cib, without(node, history));
            case 1 -> with(cib, counted(node, history));
            case 2 -> with(cib, offline(node));
            case 3 -> with(cib, counted(remembering(node, failed(history)), history));
            default -> with(cib, remembering(node, failed(history)));
        };
    }

    /** A resource's latest operation ends with another exit code. */
    private ResourceHistory failed(ResourceHistory history) {
        List<OperationRecord> operations = new ArrayList<>(history.operations());
        if (!operations.isEmpty()) {
            OperationRecord latest = operations.removeLast();
            operations.add(withExitCode(latest, new int[] {0, 1, 5, 7, 8, 9}[random.nextInt(6)]));
        }
        return new ResourceHistory(history.resource(), history.agent(), history.other(), operations);
    }

    static OperationRecord withExitCode(OperationRecord record, int exitCode) {
        return new OperationRecord(
                record.id(),
                record.operationKey(),
                record.operation(),
                record.interval(),
                record.callId() + 1,
                exitCode,
                record.executionStatus(),
                record.lastChange(),
                record.executionTime(),
                record.transitionKey(),
                record.exitReason(),
                record.migrateSource(),
                record.migrateTarget(),
                record.digests(),
                record.other());
    }

    private NodeState counted(NodeState node, ResourceHistory history) {
        return counted(
                node, history.resource(), random.nextInt(4) == 0 ? "INFINITY" : Integer.toString(random.nextInt(4)));
    }

    static NodeState counted(NodeState node, String resource, String count) {
        var attributes = new LinkedHashMap<>(node.attributes());
        attributes.put("fail-count-" + resource + "#monitor_10000", count);
        return with(node, node.membership(), attributes, node.history());
    }

    static NodeState offline(NodeState node) {
        var membership = new LinkedHashMap<>(node.membership());
        membership.put("in_ccm", "false");
        return with(node, membership, node.attributes(), node.history());
    }

    private static NodeState without(NodeState node, ResourceHistory history) {
        var histories = new LinkedHashMap<>(node.history());
        histories.remove(history.resource());
        return with(node, node.membership(), node.attributes(), histories);
    }

    static NodeState remembering(NodeState node, ResourceHistory history) {
        var histories = new LinkedHashMap<>(node.history());
        histories.put(history.resource(), history);
        return with(node, node.membership(), node.attributes(), histories);
    }

    private static NodeState with(
            NodeState node,
            SequencedMap<String, String> membership,
            SequencedMap<String, String> attributes,
            SequencedMap<String, ResourceHistory> history) {
        return new NodeState(node.id(), node.uname(), membership, attributes, history, node.other());
    }

    static Cib with(Cib cib, NodeState changed) {
        var nodes = new LinkedHashMap<>(cib.status().nodes());
        nodes.put(changed.id(), changed);
        return cib.withStatus(new Status(nodes, cib.status().tickets()));
    }
}
