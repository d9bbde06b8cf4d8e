package org.ringfence.controller;

import java.util.List;
import java.util.Optional;
import org.ringfence.controller.configuration.StoredConfiguration;
import org.ringfence.controller.facts.Fact;
import org.ringfence.controller.message.Message;
import org.ringfence.controller.port.Engine;
import org.ringfence.controller.port.FenceAgents;
import org.ringfence.controller.port.ResourceAgents;
import org.ringfence.controller.request.Caller;
import org.ringfence.controller.request.Request;
import org.ringfence.controller.selffencing.GuardPromise;
import org.ringfence.model.NodeId;

/** What happens to a node. */
public sealed interface Event {

    /**
     * The first event of a node's life.
     *
     * @param promised      the highest view counter this node has on its disk
     * @param configuration what it has on its disk
     * @param damaged       whether there was one that cannot be read any more
     * @param facts         durable ones that it has on its disk
     */
    record Started(long promised, Optional<StoredConfiguration> configuration, boolean damaged, List<Fact> facts)
            implements Event {
        public Started {
            facts = List.copyOf(facts);
        }
    }

    record PeerReachable(NodeId peer) implements Event {}

    record PeerUnreachable(NodeId peer, Engine.Silence why) implements Event {}

    record PeerSlow(NodeId peer, boolean slow) implements Event {}

    record Received(NodeId from, Message message) implements Event {}

    /** A document is on the disk. */
    record Saved(Document document) implements Event {}

    /** A document is not on the disk; the former one still is. */
    record SaveFailed(Document document, String why) implements Event {}

    record TimerFired(Timer timer) implements Event {}

    record AgentFinished(ResourceAgents.Result result) implements Event {}

    /** The processes of a started resource have ended by themselves. */
    record ProcessesEnded(String resource) implements Event {}

    record FenceAgentFinished(FenceAgents.Result result) implements Event {}

    /**
     * What this node's guard can promise from now on.
     *
     * @param promise empty when none is armed
     * @param bound   whether it goes by what a daemon has promised since the host started, this one or one before it
     */
    record GuardReported(Optional<GuardPromise> promise, boolean bound) implements Event {}

    /** Somebody asks something of this node; answered by {@link Effect.Reply} with the same number. */
    record Requested(long request, Caller who, Request asked) implements Event {}

    /** This node is to stop its resources and leave. */
    record LeaveRequested() implements Event {}
}
