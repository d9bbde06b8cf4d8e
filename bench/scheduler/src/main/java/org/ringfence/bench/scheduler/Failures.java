package org.ringfence.bench.scheduler;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.random.RandomGenerator;
import org.ringfence.model.cib.Cib;
import org.ringfence.model.status.NodeState;
import org.ringfence.model.status.OperationRecord;
import org.ringfence.model.status.ResourceHistory;
import org.ringfence.model.status.Status;

/** What can fail in a steady cluster: each repeated monitor that went well, which then finds that its resource does not run any more. */
final class Failures {
    private final Cib cib;
    private final List<Monitored> all = new ArrayList<>();

    private record Monitored(NodeState node, ResourceHistory history, OperationRecord monitor) {}

    Failures(Cib cib) {
        this.cib = cib;
        for (NodeState node : cib.status().nodes().values()) {
            for (ResourceHistory history : node.history().values()) {
                for (OperationRecord record : history.operations()) {
                    if (!record.interval().isZero() && record.exitCode() == 0) {
                        all.add(new Monitored(node, history, record));
                    }
                }
            }
        }
    }

    /** The cluster after the first of them; as it is when nothing can fail. */
    Cib first() {
        return all.isEmpty() ? cib : after(all.getFirst());
    }

    /** The cluster after one of them, whichever chance picks; as it is when nothing can fail. */
    Cib any(RandomGenerator chance) {
        return all.isEmpty() ? cib : after(all.get(chance.nextInt(all.size())));
    }

    private Cib after(Monitored failed) {
        OperationRecord monitor = failed.monitor();
        ResourceHistory history = failed.history();
        NodeState node = failed.node();
        var operations = new ArrayList<>(history.operations());
        operations.add(new OperationRecord(
                history.resource() + "_last_failure_0",
                monitor.operationKey(),
                monitor.operation(),
                monitor.interval(),
                monitor.callId() + 1,
                7,
                monitor.executionStatus(),
                monitor.lastChange(),
                monitor.executionTime(),
                monitor.transitionKey(),
                monitor.exitReason(),
                monitor.migrateSource(),
                monitor.migrateTarget(),
                monitor.digests(),
                monitor.other()));
        var histories = new LinkedHashMap<>(node.history());
        histories.put(
                history.resource(),
                new ResourceHistory(history.resource(), history.agent(), history.other(), operations));
        var nodes = new LinkedHashMap<>(cib.status().nodes());
        nodes.put(
                node.id(),
                new NodeState(node.id(), node.uname(), node.membership(), node.attributes(), histories, node.other()));
        return cib.withStatus(new Status(nodes, cib.status().tickets()));
    }
}
