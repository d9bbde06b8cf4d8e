package org.ringfence.daemon.status;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.ringfence.model.AgentName;
import org.ringfence.model.NodeId;
import org.ringfence.model.cib.Cib;
import org.ringfence.model.cib.Resource;
import org.ringfence.model.problem.Problem;

/** Agents that a configuration names and this node does not have: said before anything changes. */
final class Agents {
    private Agents() {}

    static List<Problem> unknown(Cib cib, Predicate<AgentName> exists, NodeId node) {
        List<Problem> unknown = new ArrayList<>();
        cib.configuration().resources().values().forEach(resource -> collect(resource, exists, node, unknown));
        return unknown;
    }

    private static void collect(Resource resource, Predicate<AgentName> exists, NodeId node, List<Problem> unknown) {
        switch (resource) {
            case Resource.Primitive primitive -> {
                if (!exists.test(primitive.agent())) {
                    unknown.add(Problem.error(
                            primitive.place(),
                            "primitive " + primitive.id(),
                            "agent " + primitive.agent() + " is not installed on node " + node,
                            "install it there, or mend its name"));
                }
            }
            case Resource.Group group -> group.members().forEach(member -> collect(member, exists, node, unknown));
            case Resource.Clone clone -> collect(clone.child(), exists, node, unknown);
            case Resource.Bundle bundle -> bundle.child().ifPresent(child -> collect(child, exists, node, unknown));
        }
    }
}
