package org.ringfence.controller.membership;

import java.util.List;
import org.ringfence.model.NodeId;

/**
 * An agreed set of members. The one who proposed it is its designated controller (DC), so a view and its DC are one
 * decision.
 *
 * @param members sorted by name, the proposer among them
 * @param quorate whether the members may act, by {@link Quorum}
 */
public record View(ViewNumber number, List<NodeId> members, boolean quorate) {
    public View {
        members = members.stream().sorted().toList();
        if (!members.contains(number.proposer())) {
            throw new IllegalArgumentException("view " + number + " without its proposer: " + members);
        }
    }

    public NodeId dc() {
        return number.proposer();
    }

    public boolean has(NodeId node) {
        return members.contains(node);
    }
}
