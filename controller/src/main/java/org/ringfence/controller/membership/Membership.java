package org.ringfence.controller.membership;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.ringfence.controller.Document;
import org.ringfence.controller.Effect;
import org.ringfence.controller.Event;
import org.ringfence.controller.Protocol;
import org.ringfence.controller.Step;
import org.ringfence.controller.Timer;
import org.ringfence.controller.membership.MembershipState.Phase;
import org.ringfence.controller.message.Message;
import org.ringfence.model.NodeId;

/**
 * Agrees on views.
 *
 * <p>A proposer asks every member of the view it wants; each promises, with its answer, to be in no view of a lower number
 * any more; when all have promised, the view is installed. Who proposes: the DC of the present view while it is reachable,
 * otherwise the first of the remaining members by name; of nodes that have no view yet, the first by name, after a moment
 * in which a cluster that exists may call them. A loss is proposed at once, a newcomer after a moment in which others may
 * arrive with it.
 *
 * <p>A member stands by its view: it declines a proposal that leaves out a member it can reach and is no larger, unless it
 * comes from its own DC. So a broken link between two nodes ends with one of them outside, and not with views that
 * alternate.
 *
 * <p>A number must not be used again by a node that has restarted, so counters are reserved on the disk, {@value
 * #RESERVE} at a time: agreeing on a view waits for no disk as a rule.
 */
public final class Membership {
    /** Counters reserved at a time. */
    static final long RESERVE = 1_000;

    private static final Duration JOIN_TOGETHER = Duration.ofMillis(60);
    private static final Duration YIELD_TO_QUORATE = Duration.ofMillis(400);
    private static final Duration YIELD_TO_CLUSTER = Duration.ofMillis(300);
    private static final Duration STEP_IN = Duration.ofMillis(1_500);
    private static final Duration AFTER_REJECTION = Duration.ofMillis(100);
    private static final Duration ANSWERS = Duration.ofSeconds(3);
    private static final Duration INSTALLATION = Duration.ofSeconds(5);

    private Membership() {}

    /** The events that this machine takes; others are somebody else's. */
    public static Step<MembershipState> step(MembershipState state, Event event) {
        return switch (event) {
            case Event.Started started -> start(state, started);
            case Event.PeerReachable reached -> consider(state.withPeer(reached.peer(), true));
            case Event.PeerUnreachable lost -> consider(state.withPeer(lost.peer(), false));
            case Event.Received(NodeId from, Message.Forming message) ->
                received(heardOf(state, from, message), from, message);
            case Event.Saved(Document.Promise promise) -> reserved(state, promise.counter());
            case Event.SaveFailed(Document.Promise promise, String why) -> notReserved(state);
            case Event.TimerFired(Timer.Propose timer) -> proposeNow(state);
            case Event.TimerFired(Timer.Answers timer) -> answersAreDue(state, timer.ballot());
            case Event.TimerFired(Timer.Installation timer) -> installationIsDue(state, timer.ballot());
            case Event.PeerSlow slow -> Step.of(state);
            case Event.Received other -> Step.of(state);
            case Event.Saved other -> Step.of(state);
            case Event.SaveFailed other -> Step.of(state);
            case Event.TimerFired other -> Step.of(state);
            case Event.AgentFinished other -> Step.of(state);
            case Event.ProcessesEnded other -> Step.of(state);
            case Event.FenceAgentFinished other -> Step.of(state);
            case Event.GuardReported other -> Step.of(state);
            case Event.Requested other -> Step.of(state);
            case Event.LeaveRequested other -> Step.of(state);
        };
    }

    private static Step<MembershipState> start(MembershipState state, Event.Started started) {
        // Every number up to what was reserved may have been used before the restart.
        MembershipState known = state.withPromised(started.promised()).withReserved(started.promised());
        if (started.configuration().isPresent()) {
            known = known.withHolding(started.configuration().get().stamp());
        }
        if (started.damaged()) {
            known = known.withDamage();
        }
        return reserveAhead(known, List.of(new Effect.StartTimer(new Timer.Propose(), YIELD_TO_CLUSTER)));
    }

    /** Looks whether the present view is the right one, and whose turn it is when not. */
    private static Step<MembershipState> consider(MembershipState state) {
        NavigableSet<NodeId> wanted = state.wanted();
        if (state.phase() instanceof Phase.Proposing proposing) {
            return wanted.containsAll(proposing.members()) ? Step.of(state) : propose(state);
        }
        if (state.phase() instanceof Phase.Promised promised) {
            return wanted.contains(promised.ballot().proposer())
                    ? Step.of(state)
                    : consider(state.withPhase(new Phase.Adrift()));
        }
        if (state.phase() instanceof Phase.Reserving) {
            return Step.of(state);
        }
        // A node adrift goes by its last view to find out whose turn it is, but cannot stay in it.
        Optional<View> view = state.installed().map(Message.Install::view);
        if (view.isEmpty()) {
            return later(state, wanted.first().equals(state.self()) ? YIELD_TO_CLUSTER : STEP_IN);
        }
        boolean adrift = state.phase() instanceof Phase.Adrift;
        if (!adrift && wanted.equals(new TreeSet<>(view.get().members()))) {
            return Step.of(state, new Effect.StopTimer(new Timer.Propose()));
        }
        boolean loses = adrift || !wanted.containsAll(view.get().members());
        if (!candidate(view.get(), wanted).equals(state.self())) {
            return loses ? later(state, STEP_IN) : Step.of(state);
        }
        if (loses) {
            return propose(state);
        }
        boolean first = wanted.first().equals(state.self());
        return later(state, view.get().quorate() || first ? JOIN_TOGETHER : YIELD_TO_QUORATE);
    }

    private static NodeId candidate(View view, NavigableSet<NodeId> wanted) {
        if (wanted.contains(view.dc())) {
            return view.dc();
        }
        return view.members().stream().filter(wanted::contains).findFirst().orElse(wanted.first());
    }

    private static Step<MembershipState> later(MembershipState state, Duration delay) {
        return Step.of(state, new Effect.StartTimer(new Timer.Propose(), delay));
    }

    private static Step<MembershipState> proposeNow(MembershipState state) {
        boolean right = state.view()
                .map(view -> state.wanted().equals(new TreeSet<>(view.members())))
                .orElse(false);
        boolean busy = !(state.phase() instanceof Phase.Settled) && !(state.phase() instanceof Phase.Adrift);
        return right || busy ? Step.of(state) : propose(state);
    }

    private static Step<MembershipState> propose(MembershipState state) {
        long counter = state.promised() + 1;
        if (counter > state.reserved()) {
            return reserveAhead(
                    state.withPhase(new Phase.Reserving(counter, rest(state), Optional.empty())), List.of());
        }
        var ballot = new ViewNumber(counter, state.self());
        List<NodeId> members = List.copyOf(state.wanted());
        var own = new Message.Accept(ballot, state.holding(), state.damaged(), state.protocol(), state.guard());
        var accepted = new TreeMap<NodeId, Message.Accept>();
        accepted.put(state.self(), own);
        MembershipState proposing =
                state.withPromised(counter).withPhase(new Phase.Proposing(ballot, members, accepted, rest(state)));
        if (members.size() == 1) {
            return install(proposing, ballot, members, accepted);
        }
        List<Effect> effects = new ArrayList<>();
        for (NodeId member : members) {
            if (!member.equals(state.self())) {
                effects.add(new Effect.Send(member, new Message.Propose(ballot, members)));
            }
        }
        effects.add(new Effect.StartTimer(new Timer.Answers(ballot), ANSWERS));
        return reserveAhead(proposing, effects);
    }

    /** The phase to go back to when what is tried comes to nothing. */
    private static Phase rest(MembershipState state) {
        return switch (state.phase()) {
            case Phase.Settled settled -> settled;
            case Phase.Adrift adrift -> adrift;
            case Phase.Promised promised -> new Phase.Adrift();
            case Phase.Proposing proposing -> proposing.before();
            case Phase.Reserving reserving -> reserving.before();
        };
    }

    /**
     * Who says something is silent no more; nor is anybody with whom another node proposes a view. Otherwise two proposers,
     * one of which has given a member up, could decline each other's proposals for ever.
     */
    private static MembershipState heardOf(MembershipState state, NodeId from, Message.Forming message) {
        var silent = new TreeSet<>(state.silent());
        silent.remove(from);
        if (message instanceof Message.Propose(var ballot, List<NodeId> members)) {
            members.forEach(silent::remove);
        }
        return state.withSilent(silent);
    }

    private static Step<MembershipState> received(MembershipState state, NodeId from, Message.Forming message) {
        return switch (message) {
            case Message.Propose proposal -> proposed(state, from, proposal);
            case Message.Accept accept -> accepted(state, from, accept);
            case Message.Reject reject -> rejected(state, reject);
            case Message.Install install -> installed(state, install);
        };
    }

    private static Step<MembershipState> proposed(MembershipState state, NodeId from, Message.Propose proposal) {
        long counter = proposal.ballot().counter();
        boolean late = counter < state.promised()
                || (counter == state.promised() && !isAfterOwn(state, proposal.ballot()))
                || !proposal.ballot().proposer().equals(from);
        if (late || !proposal.members().contains(state.self()) || standsByItsView(state, proposal)) {
            var promised = new ViewNumber(state.promised(), state.self());
            return Step.of(state, new Effect.Send(from, new Message.Reject(proposal.ballot(), promised)));
        }
        if (counter > state.reserved()) {
            return reserveFor(state, new MembershipState.Received(from, proposal));
        }
        MembershipState promised = state.withPromised(counter).withPhase(new Phase.Promised(proposal.ballot()));
        var accept = new Message.Accept(
                proposal.ballot(), state.holding(), state.damaged(), state.protocol(), state.guard());
        return reserveAhead(
                promised,
                List.of(
                        new Effect.StopTimer(new Timer.Propose()),
                        new Effect.Send(from, accept),
                        new Effect.StartTimer(new Timer.Installation(proposal.ballot()), INSTALLATION)));
    }

    /**
     * A proposal waits for the disk. Of two that wait the later goes on and the other's proposer is told: it would wait for an
     * answer that never comes, and then go on without this node.
     */
    private static Step<MembershipState> reserveFor(MembershipState state, MembershipState.Received received) {
        MembershipState.Received goesOn = received;
        List<Effect> effects = new ArrayList<>();
        if (state.phase()
                        instanceof Phase.Reserving(long counter, Phase before, Optional<MembershipState.Received> waits)
                && waits.isPresent()) {
            MembershipState.Received other = waits.get();
            boolean later =
                    received.proposal().ballot().isAfter(other.proposal().ballot());
            goesOn = later ? received : other;
            MembershipState.Received ends = later ? other : received;
            effects.add(new Effect.Send(
                    ends.from(),
                    new Message.Reject(
                            ends.proposal().ballot(), goesOn.proposal().ballot())));
        }
        long counter = goesOn.proposal().ballot().counter();
        MembershipState waiting = state.withPhase(new Phase.Reserving(counter, rest(state), Optional.of(goesOn)));
        return reserveAhead(waiting.withPromised(counter - 1), effects);
    }

    /** With equal counters the later name wins, so that of two proposals at once exactly one goes on. */
    private static boolean isAfterOwn(MembershipState state, ViewNumber ballot) {
        return switch (state.phase()) {
            case Phase.Proposing proposing -> ballot.isAfter(proposing.ballot());
            case Phase.Promised promised -> ballot.isAfter(promised.ballot());
            case Phase.Settled settled -> false;
            case Phase.Adrift adrift -> false;
            case Phase.Reserving reserving -> false;
        };
    }

    private static boolean standsByItsView(MembershipState state, Message.Propose proposal) {
        if (state.view().isEmpty()) {
            return false;
        }
        View view = state.view().get();
        NavigableSet<NodeId> wanted = state.wanted();
        boolean leavesOut = view.members().stream()
                .anyMatch(
                        member -> wanted.contains(member) && !proposal.members().contains(member));
        return leavesOut
                && !proposal.ballot().proposer().equals(view.dc())
                && proposal.members().size() <= view.members().size();
    }

    private static Step<MembershipState> accepted(MembershipState state, NodeId from, Message.Accept accept) {
        if (!(state.phase() instanceof Phase.Proposing proposing)
                || !proposing.ballot().equals(accept.ballot())
                || !proposing.members().contains(from)) {
            return Step.of(state);
        }
        var answers = new TreeMap<>(proposing.accepted());
        answers.put(from, accept);
        if (answers.keySet().containsAll(proposing.members())) {
            return install(state, proposing.ballot(), proposing.members(), answers);
        }
        return Step.of(state.withPhase(
                new Phase.Proposing(proposing.ballot(), proposing.members(), answers, proposing.before())));
    }

    private static Step<MembershipState> install(
            MembershipState state, ViewNumber ballot, List<NodeId> members, SortedMap<NodeId, Message.Accept> answers) {
        List<Message.Holding> holdings = new ArrayList<>();
        List<NodeId> damaged = new ArrayList<>();
        List<Message.Voice> voices = new ArrayList<>();
        List<Message.Guarded> guards = new ArrayList<>();
        answers.forEach((member, answer) -> {
            answer.holding().ifPresent(stamp -> holdings.add(new Message.Holding(member, stamp)));
            if (answer.damaged()) {
                damaged.add(member);
            }
            voices.add(new Message.Voice(member, answer.protocol()));
            answer.guard().ifPresent(promise -> guards.add(new Message.Guarded(member, promise)));
        });
        // A promise of which a member cannot be told must not be counted on, nor keep its node from feeding its
        // watchdog.
        boolean allHear = voices.stream().allMatch(voice -> voice.protocol() >= Protocol.LEASE);
        var install = new Message.Install(
                new View(ballot, members, state.quorum().holds(members, state.seenAll())),
                List.copyOf(holdings),
                List.copyOf(damaged),
                List.copyOf(voices),
                allHear ? List.copyOf(guards) : List.of());
        List<Effect> effects = new ArrayList<>();
        effects.add(new Effect.StopTimer(new Timer.Answers(ballot)));
        for (NodeId member : members) {
            if (!member.equals(state.self())) {
                effects.add(new Effect.Send(member, install));
            }
        }
        Step<MembershipState> done = installed(state.withPhase(new Phase.Promised(ballot)), install);
        effects.addAll(done.effects());
        return new Step<>(done.state(), effects);
    }

    private static Step<MembershipState> installed(MembershipState state, Message.Install install) {
        ViewNumber number = install.view().number();
        if (!(state.phase() instanceof Phase.Promised promised)
                || !promised.ballot().equals(number)) {
            return Step.of(state);
        }
        List<Effect> effects = new ArrayList<>();
        effects.add(new Effect.StopTimer(new Timer.Installation(number)));
        effects.add(new Effect.Installed(install.view()));
        // The world may have changed while the view was being agreed on.
        Step<MembershipState> next = consider(state.withInstalled(install));
        effects.addAll(next.effects());
        return reserveAhead(next.state(), effects);
    }

    private static Step<MembershipState> rejected(MembershipState state, Message.Reject reject) {
        if (!(state.phase() instanceof Phase.Proposing proposing)
                || !proposing.ballot().equals(reject.ballot())) {
            return Step.of(state);
        }
        long heard = Math.max(state.promised(), reject.promised().counter());
        int rank = new ArrayList<>(state.wanted()).indexOf(state.self());
        // Only this node could have installed its proposal, so giving it up leaves it where it was.
        MembershipState given = state.withPromised(heard).withPhase(proposing.before());
        return Step.of(
                given,
                new Effect.StopTimer(new Timer.Answers(proposing.ballot())),
                new Effect.StartTimer(new Timer.Propose(), AFTER_REJECTION.multipliedBy(rank + 1L)));
    }

    private static Step<MembershipState> answersAreDue(MembershipState state, ViewNumber ballot) {
        if (!(state.phase() instanceof Phase.Proposing proposing)
                || !proposing.ballot().equals(ballot)) {
            return Step.of(state);
        }
        var silent = new TreeSet<>(state.silent());
        proposing.members().stream()
                .filter(member -> !proposing.accepted().containsKey(member))
                .forEach(silent::add);
        return propose(state.withSilent(silent));
    }

    /** Leaves out members that the engine reaches and that do not do their part, until they say something. */
    public static Step<MembershipState> exclude(MembershipState state, Collection<NodeId> nodes) {
        var silent = new TreeSet<>(state.silent());
        silent.addAll(nodes);
        return consider(state.withSilent(silent));
    }

    private static Step<MembershipState> installationIsDue(MembershipState state, ViewNumber ballot) {
        if (state.phase() instanceof Phase.Promised promised
                && promised.ballot().equals(ballot)) {
            return later(state.withPhase(new Phase.Adrift()), AFTER_REJECTION);
        }
        return Step.of(state);
    }

    /** Adds a request for the disk when the numbers at hand are half used up, or used up. */
    private static Step<MembershipState> reserveAhead(MembershipState state, List<Effect> effects) {
        long enough = state.promised() + RESERVE;
        if (state.requested() - state.promised() > RESERVE / 2) {
            return new Step<>(state, effects);
        }
        List<Effect> more = new ArrayList<>(effects);
        more.add(new Effect.Save(new Document.Promise(enough)));
        return new Step<>(state.withRequested(enough), more);
    }

    private static Step<MembershipState> reserved(MembershipState state, long counter) {
        MembershipState known = state.withReserved(Math.max(state.reserved(), counter));
        if (!(known.phase() instanceof Phase.Reserving reserving) || reserving.counter() > known.reserved()) {
            return Step.of(known);
        }
        MembershipState before = known.withPhase(reserving.before());
        return reserving
                .proposal()
                .map(waiting -> proposed(before, waiting.from(), waiting.proposal()))
                .orElseGet(() -> propose(before));
    }

    /** Without a number on the disk this node takes part in no new view; the others go on without it. */
    private static Step<MembershipState> notReserved(MembershipState state) {
        MembershipState unreserved = state.withRequested(state.reserved());
        return state.phase() instanceof Phase.Reserving reserving
                ? later(unreserved.withPhase(reserving.before()), STEP_IN)
                : Step.of(unreserved);
    }
}
