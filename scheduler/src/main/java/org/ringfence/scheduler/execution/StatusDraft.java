package org.ringfence.scheduler.execution;

import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;
import org.ringfence.model.cib.Cib;
import org.ringfence.model.cib.ConfiguredNode;
import org.ringfence.model.status.NodeState;
import org.ringfence.model.status.OperationRecord;
import org.ringfence.model.status.ResourceHistory;
import org.ringfence.model.status.Status;

/** A CIB's status while things happen in it. */
final class StatusDraft {
    private final Cib cib;
    private final SequencedMap<String, NodeDraft> nodes = new LinkedHashMap<>();
    private int lastCall;

    StatusDraft(Cib cib) {
        this.cib = cib;
        for (NodeState state : cib.status().nodes().values()) {
            nodes.put(state.id(), new NodeDraft(state));
            for (ResourceHistory history : state.history().values()) {
                for (OperationRecord operation : history.operations()) {
                    lastCall = Math.max(lastCall, operation.callId());
                }
            }
        }
    }

    /** The node of that name; it is made when the status has none. */
    NodeDraft node(String name) {
        for (NodeDraft node : nodes.values()) {
            if (node.name.equals(name)) {
                return node;
            }
        }
        Optional<ConfiguredNode> configured = cib.configuration().nodeNamed(name);
        String id = configured.map(ConfiguredNode::id).orElse(name);
        boolean member =
                configured.filter(node -> !node.type().equals("remote")).isPresent();
        return nodes.computeIfAbsent(id, _ -> NodeDraft.unknown(id, name, member));
    }

    /** A number that orders the operation after all others. */
    int nextCall() {
        lastCall++;
        return lastCall;
    }

    Cib cib() {
        SequencedMap<String, NodeState> states = new LinkedHashMap<>();
        nodes.forEach((id, node) -> states.put(id, node.state()));
        return cib.withStatus(new Status(states, cib.status().tickets()));
    }
}
