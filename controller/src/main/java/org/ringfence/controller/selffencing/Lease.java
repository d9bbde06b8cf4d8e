package org.ringfence.controller.selffencing;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.ringfence.controller.Effect;
import org.ringfence.controller.Protocol;
import org.ringfence.controller.Step;
import org.ringfence.controller.Timer;
import org.ringfence.controller.membership.MembershipState;
import org.ringfence.controller.membership.Quorum;
import org.ringfence.controller.membership.View;
import org.ringfence.controller.membership.ViewNumber;
import org.ringfence.controller.message.Message;
import org.ringfence.model.NodeId;

/**
 * Asks the members of the view whether they can still hear this node, and tells its guard when it last knew that a majority
 * could. To hear others is not enough: they may have given this node up all the same.
 *
 * <p>A question has a number and is sent to every member; each answers while it is in the same view, and no more once it has
 * promised another. When more than half of all nodes have answered one, itself counted, the lease is the time at which that
 * question was <em>sent</em>. {@link SelfFencing} says why, and what follows from it.
 *
 * <p><b>Bound.</b> A node whose guard is armed says what it promises in its answer to a proposal, and the message that installs the
 * view tells all members, so that whoever could give the node up knows. It is bound as soon as it is in a quorate view that has
 * heard of its promise, before it can be asked to run anything; its first lease is then the time at which it accepted the proposal,
 * which was before any member could have been in the view, let alone have left it. A node that has been bound already gets no
 * lease from a view alone: a member that accepted it may have gone on to another before. A guard that is armed later, or anew with
 * another promise, binds its node by a question that says so, and the lease begins with that question: who does not know of it does
 * not count on it.
 *
 * <p>It stays bound, whatever becomes of its views, until it leaves. Where it leaves with something running, which was told to be
 * left alone, it takes its promise back first and goes when a majority knows.
 *
 * <p>With two nodes a majority is both: a survivor has no lease, and only disks can keep it alive. Without disks two nodes are
 * never bound. The only node of a cluster is a majority by itself.
 *
 * <p>Costs one question and one answer per member and node every {@link #interval}; nothing at all without a guard.
 */
public final class Lease {
    private static final int PER_HOLD = 4;
    private static final Duration SHORTEST = Duration.ofMillis(250);
    private static final Duration LONGEST = Duration.ofSeconds(2);
    private static final int OPEN_MAX = 16;

    private Lease() {}

    /** How often it asks: often enough that a lost question does not matter. */
    public static Duration interval(GuardPromise promise) {
        Duration part = promise.hold().dividedBy(PER_HOLD);
        return part.compareTo(SHORTEST) < 0 ? SHORTEST : part.compareTo(LONGEST) > 0 ? LONGEST : part;
    }

    /** What this node offers in its answers to proposals. */
    public static Optional<GuardPromise> offer(LeaseState state, Quorum quorum) {
        return state.armed().filter(promise -> promise.disks() > 0 || !quorum.fencingDecides());
    }

    /**
     * The guard says what it can promise. One that was bound before, to a daemon that is no more, still is: what that daemon had
     * started may be running.
     */
    public static Step<LeaseState> reported(LeaseState state, Optional<GuardPromise> promise, boolean boundBefore) {
        if (promise.isEmpty() && state.bound()) {
            // It has died or is being started anew: the promise holds, and the watchdog sees to it.
            return Step.of(state);
        }
        boolean changed = !promise.equals(state.armed());
        LeaseState known = state.withArmed(promise).withBound(state.bound() || boundBefore);
        if (changed) {
            // A lease by the former promise may last longer than who hears of the new one would wait.
            known = known.withLease(Optional.empty()).withOpen(new TreeMap<>());
        }
        return promise.isEmpty()
                ? Step.of(known, new Effect.StopTimer(new Timer.LeaseQuestion()))
                : Step.of(known, beat(known), new Effect.StartTimer(new Timer.LeaseQuestion(), Duration.ZERO));
    }

    /** A proposal is accepted, or made, at this moment. */
    public static LeaseState accepted(LeaseState state, ViewNumber ballot, long now) {
        return state.accepted().map(LeaseState.Accepted::ballot).equals(Optional.of(ballot))
                ? state
                : state.withAccepted(new LeaseState.Accepted(ballot, now));
    }

    /** A view begins. */
    public static Step<LeaseState> installed(LeaseState state, Message.Install install, NodeId self, long now) {
        LeaseState in = state.withOpen(new TreeMap<>()).withViewSince(now).withReleasing(Optional.empty());
        boolean promised = install.guards().stream()
                .anyMatch(guarded -> guarded.member().equals(self)
                        && Optional.of(guarded.promise()).equals(state.armed()));
        if (state.armed().isEmpty() || state.condemned()) {
            return Step.of(in);
        }
        boolean binds = promised && install.view().quorate() && !state.bound();
        if (binds) {
            in = in.withBound(true)
                    .withLease(state.accepted()
                            .filter(accepted ->
                                    accepted.ballot().equals(install.view().number()))
                            .map(LeaseState.Accepted::when));
        }
        return Step.of(in, beat(in), new Effect.StartTimer(new Timer.LeaseQuestion(), Duration.ZERO));
    }

    /** It is time to ask again, and to show the guard that this daemon lives. */
    public static Step<LeaseState> ask(LeaseState state, MembershipState membership, long now) {
        if (state.armed().isEmpty() || state.condemned()) {
            return Step.of(state);
        }
        Duration interval = interval(state.armed().get());
        List<Effect> effects = new ArrayList<>();
        effects.add(new Effect.StartTimer(new Timer.LeaseQuestion(), interval));
        LeaseState next = state;
        Optional<View> view = membership.view();
        if (view.isPresent()) {
            next = bindLate(state, membership, view.get(), now);
            if (next.bound()) {
                next = isMajority(membership)
                        ? next.withLease(Optional.of(now))
                        : question(next, membership, view.get(), now, effects);
            }
        }
        effects.add(beat(next));
        return new Step<>(next, effects);
    }

    /** Binds a node whose guard was not armed yet when its view was agreed on. */
    private static LeaseState bindLate(LeaseState state, MembershipState membership, View view, long now) {
        boolean may = !state.bound()
                && state.releasing().isEmpty()
                && view.quorate()
                && offer(state, membership.quorum()).isPresent()
                && view.members().stream().allMatch(member -> speaks(membership, member));
        return may ? state.withBound(true).withLease(Optional.of(now)) : state;
    }

    /** The only node of a cluster has nobody to ask, and nobody could have given it up. */
    private static boolean isMajority(MembershipState membership) {
        return membership.quorum().isMajority(1);
    }

    private static boolean speaks(MembershipState membership, NodeId member) {
        return membership.protocolOf(member) >= Protocol.LEASE;
    }

    private static LeaseState question(
            LeaseState state, MembershipState membership, View view, long now, List<Effect> effects) {
        long number = state.asked() + 1;
        SortedMap<Long, LeaseState.Question> open = new TreeMap<>(state.open());
        open.put(number, new LeaseState.Question(now, new TreeSet<>(List.of(membership.self()))));
        while (open.size() > OPEN_MAX) {
            open.remove(open.firstKey());
        }
        Optional<GuardPromise> promise = state.releasing().isPresent() ? Optional.empty() : state.armed();
        for (NodeId member : view.members()) {
            if (!member.equals(membership.self()) && speaks(membership, member)) {
                effects.add(new Effect.Send(member, new Message.LeaseQuestion(view.number(), number, promise)));
            }
        }
        return state.withAsked(number).withOpen(open);
    }

    /** A member has answered a question of the present view. */
    public static Step<LeaseState> answered(LeaseState state, Quorum quorum, NodeId from, long number) {
        LeaseState.Question question = state.open().get(number);
        if (question == null || state.condemned()) {
            return Step.of(state);
        }
        LeaseState.Question more = question.answeredBy(from);
        SortedMap<Long, LeaseState.Question> open = new TreeMap<>(state.open());
        long votes = more.answered().stream().filter(quorum.nodes()::contains).count();
        if (!quorum.isMajority(votes)) {
            open.put(number, more);
            return Step.of(state.withOpen(open));
        }
        // Older ones say nothing more.
        open.headMap(number + 1).clear();
        LeaseState answered = state.withOpen(open);
        if (state.releasing().filter(release -> number >= release).isPresent()) {
            return gone(answered);
        }
        if (state.lease().filter(since -> since >= question.sent()).isPresent()) {
            return Step.of(answered);
        }
        LeaseState renewed = answered.withLease(Optional.of(question.sent()));
        return Step.of(renewed, beat(renewed));
    }

    /**
     * This node may leave. With something running it takes back first what it has promised, and has left when a majority has heard
     * that; before, it could be taken for dead.
     *
     * @param running whether anything that was started here may be running
     */
    public static Step<LeaseState> leave(LeaseState state, MembershipState membership, boolean running, long now) {
        if (!running || !state.bound() || membership.view().isEmpty() || isMajority(membership)) {
            return gone(state);
        }
        List<Effect> effects = new ArrayList<>();
        LeaseState releasing = state.withReleasing(Optional.of(state.asked() + 1));
        LeaseState asking = question(releasing, membership, membership.view().get(), now, effects);
        return new Step<>(asking, effects);
    }

    private static Step<LeaseState> gone(LeaseState state) {
        LeaseState free = state.withBound(false).withLease(Optional.empty()).withOpen(new TreeMap<>());
        List<Effect> effects = new ArrayList<>();
        if (state.armed().isPresent()) {
            effects.add(new Effect.StopTimer(new Timer.LeaseQuestion()));
            effects.add(beat(free));
        }
        effects.add(new Effect.Left());
        return new Step<>(free, effects);
    }

    /** This node is to stop itself now; it does not ask any more, so that it is dead in time even if its guard is deaf. */
    public static Step<LeaseState> condemn(LeaseState state, String why) {
        return Step.of(state.withCondemned().withOpen(new TreeMap<>()), new Effect.StopSelf(why));
    }

    private static Effect beat(LeaseState state) {
        return new Effect.Beat(state.bound(), state.lease());
    }
}
