package org.ringfence.controller;

import java.time.Duration;
import java.util.Optional;
import org.ringfence.controller.history.HistoryEntry;
import org.ringfence.controller.membership.View;
import org.ringfence.controller.message.Message;
import org.ringfence.controller.port.FenceAgents;
import org.ringfence.controller.port.ResourceAgents;
import org.ringfence.controller.request.Answer;
import org.ringfence.model.AgentName;
import org.ringfence.model.NodeId;
import org.ringfence.model.graph.GraphAction;
import org.ringfence.model.status.OperationRecord;

/** What a machine wants done. Carried out in order; none of them waits. */
public sealed interface Effect {

    /** To another node, or to this one itself: then it comes back as an event like any other. */
    record Send(NodeId to, Message message) implements Effect {}

    /** Answered by {@link Event.Saved} or {@link Event.SaveFailed}, in the order of saving. */
    record Save(Document document) implements Effect {}

    record StartTimer(Timer timer, Duration after) implements Effect {}

    record StopTimer(Timer timer) implements Effect {}

    record RunAgent(ResourceAgents.Request request) implements Effect {}

    record CancelAgent(long token) implements Effect {}

    record RunFenceAgent(FenceAgents.Request request) implements Effect {}

    record Reply(long request, Answer answer) implements Effect {}

    /** For this node's timeline and log. */
    record Tell(HistoryEntry entry) implements Effect {}

    /** A view was installed; for the judge of a simulation and for metrics. */
    record Installed(View view) implements Effect {}

    /**
     * For the guard: this daemon lives. Sent every so often while a guard is armed, by the same thread that decides.
     *
     * @param bound whether the guard is to go by the lease; otherwise nothing here could do harm
     * @param lease as {@link Now#elapsed}, the time from which the lease counts; empty to leave it as the guard has it
     */
    record Beat(boolean bound, Optional<Long> lease) implements Effect {}

    /** For the guard: reset this host now. */
    record StopSelf(String why) implements Effect {}

    /** The node has left and its daemon may end. */
    record Left() implements Effect {}

    /** What one machine wants of another within the same node; the controller hands it on, the driver never sees it. */
    sealed interface Within extends Effect {}

    /** The transition has come to this action. */
    record Begin(long transition, GraphAction action) implements Within {}

    /** Nothing of the transition is running any more, and nothing more will begin. */
    record TransitionEnded(long transition, boolean complete, String why) implements Within {}

    /** A fencing request has ended. */
    record FenceEnded(long request, NodeId target, String action, boolean succeeded, String text) implements Within {}

    /** An agent says that the target is fenced, and the target can be heard still. */
    record FenceSaid(long request, NodeId target, String action, String text) implements Within {}

    /** A device has said yes to a node that went on talking. */
    record FenceLied(long request, NodeId target, String device, NodeId executor) implements Within {}

    /** A path to a node was looked at, for the DC by this node. */
    record FenceProbeEnded(Message.FenceProbed found, NodeId asker) implements Within {}

    /** An operation of a resource on this node has ended, or its outcome is no longer what was last reported. */
    record OperationEnded(String resource, AgentName agent, OperationRecord operation, Optional<Message.Asked> asked)
            implements Within {}

    /** A fence agent's call, done for the DC by this node, has ended. */
    record FenceCallEnded(Message.FenceExecuted outcome, NodeId asker) implements Within {}
}
