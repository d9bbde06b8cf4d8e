package org.ringfence.controller.membership;

import java.util.List;
import org.ringfence.model.NodeId;

/**
 * When a set of members may act: more than half of the configured nodes. With two nodes one is enough once it has had, since it
 * started, the configuration of a view of both (wait for all); then fencing decides, not a vote. To have seen the other is not
 * enough: the other may have gone on alone before, and lost again before it could say what was changed.
 *
 * @param nodes every configured node, sorted
 */
public record Quorum(List<NodeId> nodes) {
    public Quorum {
        nodes = nodes.stream().sorted().distinct().toList();
    }

    /** @param seenAll whether this node has had the configuration of a view of all nodes since it started */
    public boolean holds(List<NodeId> members, boolean seenAll) {
        long votes = members.stream().filter(nodes::contains).count();
        if (nodes.size() == 2) {
            return votes == 2 || (votes == 1 && seenAll);
        }
        return isMajority(votes);
    }

    /** Whether any two sets of nodes of which this is so have a node in common. */
    public boolean isMajority(long count) {
        return 2 * count > nodes.size();
    }

    /** Whether one node alone may be quorate, so that a vote cannot keep two halves apart and only fencing does. */
    public boolean fencingDecides() {
        return nodes.size() == 2;
    }

    /** One clause saying why {@code members} are not enough. */
    public String shortfall(List<NodeId> members) {
        if (nodes.size() == 2) {
            return "after a start, both of two nodes must come together once";
        }
        return members.size() + " of " + nodes.size() + " nodes, " + (nodes.size() / 2 + 1) + " are needed";
    }
}
