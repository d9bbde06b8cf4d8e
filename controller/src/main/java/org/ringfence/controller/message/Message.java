package org.ringfence.controller.message;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.ringfence.controller.configuration.StoredConfiguration;
import org.ringfence.controller.facts.Fact;
import org.ringfence.controller.fencing.CallId;
import org.ringfence.controller.fencing.FenceCall;
import org.ringfence.controller.fencing.ProofStep;
import org.ringfence.controller.history.HistoryEntry;
import org.ringfence.controller.membership.View;
import org.ringfence.controller.membership.ViewNumber;
import org.ringfence.controller.request.Answer;
import org.ringfence.controller.request.Caller;
import org.ringfence.controller.request.Request;
import org.ringfence.controller.selffencing.GuardPromise;
import org.ringfence.model.AgentName;
import org.ringfence.model.NodeId;
import org.ringfence.model.graph.GraphAction.ResourceAction;
import org.ringfence.model.status.OperationRecord;
import org.ringfence.model.status.ResourceHistory;

/** What one node says to another. */
public sealed interface Message {

    /** Messages that make views. They are compared by their own numbers, whatever view their reader is in. */
    sealed interface Forming extends Message {}

    /** Messages within a view. A reader in another view drops them. */
    sealed interface Within extends Message {
        ViewNumber view();
    }

    /** Asks every member to accept a view; understood in every protocol. */
    record Propose(ViewNumber ballot, List<NodeId> members) implements Forming {}

    /**
     * Accepts: from now on the sender is in no view with a lower number.
     *
     * @param holding  which configuration it has on its disk; empty when it has none
     * @param damaged  whether it had a configuration that it cannot read any more, of whatever age
     * @param protocol the newest that it speaks; see {@link org.ringfence.controller.Protocol}
     * @param guard    what its guard promises, once the view is installed; empty when none is armed
     */
    record Accept(
            ViewNumber ballot,
            Optional<StoredConfiguration.Stamp> holding,
            boolean damaged,
            int protocol,
            Optional<GuardPromise> guard)
            implements Forming {}

    /** Declines, having promised {@code promised} or standing by its view. */
    record Reject(ViewNumber ballot, ViewNumber promised) implements Forming {}

    /**
     * Installs the view; every member has accepted it.
     *
     * @param holdings each member's configuration, as it said when accepting; members without one are absent
     * @param damaged  members whose configuration cannot be read any more
     * @param voices   the newest protocol that each member speaks, as it said when accepting
     * @param guards   what each member's guard promises, as it said when accepting; none when any member could not hear of it
     */
    record Install(View view, List<Holding> holdings, List<NodeId> damaged, List<Voice> voices, List<Guarded> guards)
            implements Forming {}

    /** What a member's guard promises. */
    record Guarded(NodeId member, GuardPromise promise) {}

    /** Which protocol a member speaks at most. */
    record Voice(NodeId member, int protocol) {}

    /** Which configuration a member has on its disk. */
    record Holding(NodeId member, StoredConfiguration.Stamp stamp) {}

    /**
     * To every member: what this one knows and does.
     *
     * @param known   the latest quorate view of which its facts tell; empty when it has just started
     * @param life    tells this life of the daemon from every other; 0 from a release that does not say
     * @param carried from the DC: requests of the reader's callers that it goes on with, as it was the former view's DC too
     */
    record Join(
            ViewNumber view,
            List<ResourceHistory> history,
            List<Fact> facts,
            Optional<ViewNumber> known,
            long life,
            List<Long> carried)
            implements Within {}

    /** The sender has stopped its resources and leaves the cluster. */
    record Leave(ViewNumber view) implements Within {}

    /** Asks for the configuration that the reader has on its disk. */
    record Fetch(ViewNumber view) implements Within {}

    record Fetched(ViewNumber view, StoredConfiguration configuration) implements Within {}

    /**
     * From the DC: have this configuration on your disk and say so.
     *
     * @param text empty when the reader has the very text already and only its stamp changes
     */
    record Prepare(
            ViewNumber view,
            long change,
            StoredConfiguration.Stamp stamp,
            Optional<String> text,
            StoredConfiguration.Note note)
            implements Within {}

    /** @param problem empty when it is on the sender's disk */
    record Prepared(ViewNumber view, long change, Optional<String> problem) implements Within {}

    /** To the DC: please make this so. */
    record ProposeFact(ViewNumber view, Fact.Key key, Optional<String> value) implements Within {}

    /**
     * From the DC: this is so.
     *
     * @param known   the latest quorate view of which these facts tell; empty when they are not all of them
     */
    record FactsChanged(ViewNumber view, List<Fact> facts, Optional<ViewNumber> known) implements Within {}

    /**
     * From the DC: carry out this action of a transition.
     *
     * @param transitionKey {@code ACTION:TRANSITION:EXPECTED-RC:DC}, for the history
     */
    record Execute(ViewNumber view, Asked asked, String transitionKey, ResourceAction action) implements Within {}

    /** To the DC: a result, asked for or not. */
    record Result(ViewNumber view, String resource, AgentName agent, OperationRecord operation, Optional<Asked> asked)
            implements Within {}

    /** Which action of which transition a result belongs to. Each view counts its transitions anew. */
    record Asked(ViewNumber view, long transition, int action) {}

    /**
     * From the DC: fence the target with this device.
     *
     * @param continues the call of a former DC that this one takes over, if the reader has it
     */
    record FenceExecute(ViewNumber view, long request, int attempt, FenceCall call, Optional<CallId> continues)
            implements Within {
        public CallId id() {
            return new CallId(view, request, attempt);
        }
    }

    /** To the DC: how it ended. */
    record FenceExecuted(ViewNumber view, long request, int attempt, boolean succeeded, String reason, Duration took)
            implements Within {}

    /** From the DC: find out what of this path works, without doing anything to the target. */
    record FenceProbe(ViewNumber view, long probe, FenceCall call, boolean answers) implements Within {}

    /** To the DC: what was found out, in order. */
    record FenceProbed(ViewNumber view, long probe, List<ProofStep> steps) implements Within {
        public FenceProbed {
            steps = List.copyOf(steps);
        }
    }
    /**
     * To every member: do you hear me, in this view? Not sent to releases before {@link org.ringfence.controller.Protocol#LEASE}.
     *
     * @param number  higher than that of any question of the same daemon before
     * @param promise what the sender's guard promises from now on; empty when nobody may count on it any more
     */
    record LeaseQuestion(ViewNumber view, long number, Optional<GuardPromise> promise) implements Within {}

    /** Yes, in this view. */
    record LeaseAnswer(ViewNumber view, long number) implements Within {}

    /** From the DC: stop yourself, by your guard, now. */
    record StopYourself(ViewNumber view, String why) implements Within {}

    /** To the DC: somebody asked something of this node that the DC decides. */
    record Forward(ViewNumber view, long request, Caller who, Request asked) implements Within {}

    /** From the DC: the answer to a forwarded request. */
    record Answered(ViewNumber view, long request, Answer answer) implements Within {}

    /** For the timeline of every member. */
    record Told(ViewNumber view, HistoryEntry entry) implements Within {}
}
