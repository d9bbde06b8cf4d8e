package org.ringfence.daemon.status;

import java.util.List;
import java.util.function.Predicate;
import org.ringfence.model.AgentName;
import org.ringfence.model.NodeId;
import org.ringfence.model.cib.Cib;
import org.ringfence.model.problem.Problem;

/** Agents that a configuration names and this node does not have: said before anything changes. */
final class Agents {
    private Agents() {}

    static List<Problem> unknown(Cib cib, Predicate<AgentName> exists, NodeId node) {
        return Primitives.of(cib).stream()
                .filter(primitive -> !exists.test(primitive.agent()))
                .map(primitive -> Problem.error(
                        primitive.place(),
                        "primitive " + primitive.id(),
                        "agent " + primitive.agent() + " is not installed on node " + node,
                        "install it there, or mend its name"))
                .toList();
    }
}
