package org.ringfence.scheduler.history;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.ringfence.model.AgentName;
import org.ringfence.model.status.ResourceHistories;
import org.ringfence.scheduler.cluster.ClusterNode;
import org.ringfence.scheduler.resource.Primitive;

/**
 * Takes note of what nodes remember only as not being there: that the resource is known there, and nothing else. Nodes remember
 * resources in much the same order, so what was found at a place for one node is tried first for the next.
 */
final class Absences {
    private final InstanceFinder finder;
    private @Nullable String[] names = {};
    private @Nullable AgentName[] agents = {};
    /** The resource at each place; null where more than absence matters. */
    private @Nullable Primitive[] absent = {};

    Absences(InstanceFinder finder) {
        this.finder = finder;
    }

    /** @return false when the entry has to be read like any other */
    boolean note(ResourceHistories histories, int place, ClusterNode node) {
        if (!histories.onlyAbsent(place)) {
            return false;
        }
        if (place >= names.length) {
            grow(histories.size());
        }
        String name = histories.name(place);
        AgentName agent = histories.agent(place);
        if (!name.equals(names[place]) || !agent.equals(agents[place])) {
            names[place] = name;
            agents[place] = agent;
            Primitive primitive = finder.plain(name);
            absent[place] = primitive != null && tellsNothingElse(agent, primitive) ? primitive : null;
        }
        Primitive primitive = absent[place];
        if (primitive == null) {
            return false;
        }
        primitive.probed[node.index] = true;
        return true;
    }

    private void grow(int places) {
        names = Arrays.copyOf(names, places);
        agents = Arrays.copyOf(agents, places);
        absent = Arrays.copyOf(absent, places);
    }

    /**
     * Whether that a resource is not on a node is all that matters of what the node remembers: nobody has to be told to forget
     * it, no failure of it could be over, and no migration that failed could make it count as active there.
     */
    static boolean tellsNothingElse(AgentName agent, Primitive primitive) {
        return !primitive.removed
                && primitive.remoteNode == null
                && !primitive.settings.allowMigrate()
                && primitive.settings.failureTimeoutMillis() == 0
                && !ParameterChanges.otherAgent(primitive, agent);
    }
}
