package org.ringfence.controller;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.ringfence.controller.configuration.StoredConfiguration;
import org.ringfence.controller.dc.DcState;
import org.ringfence.controller.facts.FactsState;
import org.ringfence.controller.fencing.FenceExecutor;
import org.ringfence.controller.fencing.FenceProbing;
import org.ringfence.controller.membership.MembershipState;
import org.ringfence.controller.resources.ResourcesState;
import org.ringfence.controller.selffencing.LeaseState;
import org.ringfence.model.NodeId;
import org.ringfence.model.status.ResourceHistories;

/**
 * All that a node remembers.
 *
 * @param held      the configuration on this node's disk
 * @param histories what is known of resources on each node: members, and lost ones until they are fenced
 * @param lives     tells the life of each node's daemon that was last heard of from its others; this node's among them
 * @param executor  fence calls under way on this node
 * @param probing   paths to nodes that this node is looking at
 * @param lease     whether this node is heard, and what its guard promises
 * @param dc        present while this node is the DC of its view
 * @param slow      peers that are late
 * @param leaving   whether this node was asked to leave
 * @param early     messages of a view that this node has promised and not yet installed
 * @param handedOn  requests that a DC has not answered yet
 */
public record ControllerState(
        Settings settings,
        MembershipState membership,
        Optional<StoredConfiguration> held,
        FactsState facts,
        SortedMap<NodeId, ResourceHistories> histories,
        SortedMap<NodeId, Long> lives,
        ResourcesState resources,
        FenceExecutor.State executor,
        FenceProbing.State probing,
        LeaseState lease,
        Optional<DcState> dc,
        SortedSet<NodeId> slow,
        boolean leaving,
        List<Event.Received> early,
        HandedOn handedOn) {

    public ControllerState {
        histories = Collections.unmodifiableSortedMap(new TreeMap<>(histories));
        lives = Collections.unmodifiableSortedMap(new TreeMap<>(lives));
        early = List.copyOf(early);
        slow = Collections.unmodifiableSortedSet(new TreeSet<>(slow));
    }

    public static ControllerState initial(Settings settings) {
        return new ControllerState(
                settings,
                MembershipState.initial(settings.self(), settings.protocol(), settings.quorum()),
                Optional.empty(),
                FactsState.EMPTY,
                new TreeMap<>(),
                new TreeMap<>(),
                ResourcesState.initial(),
                FenceExecutor.State.INITIAL,
                FenceProbing.State.INITIAL,
                LeaseState.NONE,
                Optional.empty(),
                new TreeSet<>(),
                false,
                List.of(),
                HandedOn.NONE);
    }
}
