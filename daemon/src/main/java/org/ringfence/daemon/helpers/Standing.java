package org.ringfence.daemon.helpers;

import java.util.ArrayList;
import java.util.List;
import org.ringfence.api.status.Role;
import org.ringfence.daemon.status.Activity;
import org.ringfence.model.cib.ConfiguredNode;
import org.ringfence.model.status.NodeState;
import org.ringfence.model.status.ResourceHistory;

/** What a primitive is on one node. */
record Standing(ConfiguredNode node, Role role, boolean failed) {

    boolean active() {
        return role != Role.STOPPED;
    }

    boolean promoted() {
        return role == Role.PROMOTED;
    }

    /** On each node that has been asked about it, in the order of the configured nodes. */
    static List<Standing> of(Known known, String primitive) {
        List<Standing> found = new ArrayList<>();
        for (ConfiguredNode node : known.nodes()) {
            NodeState state = known.cib().status().nodes().get(node.id());
            if (state != null) {
                state.history().values().stream()
                        .filter(history -> isOf(history, primitive))
                        .map(Activity::of)
                        .map(activity -> new Standing(
                                node, activity.role(), activity.failure().isPresent()))
                        .forEach(found::add);
            }
        }
        return found;
    }

    private static boolean isOf(ResourceHistory history, String primitive) {
        return Known.withoutNumber(history.resource()).equals(Known.withoutNumber(primitive));
    }
}
