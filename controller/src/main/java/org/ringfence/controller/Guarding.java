package org.ringfence.controller;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.ringfence.controller.facts.Fact;
import org.ringfence.controller.facts.Standing;
import org.ringfence.controller.membership.MembershipState.Phase;
import org.ringfence.controller.membership.View;
import org.ringfence.controller.membership.ViewNumber;
import org.ringfence.controller.message.Message;
import org.ringfence.controller.selffencing.GuardPromise;
import org.ringfence.controller.selffencing.Lease;
import org.ringfence.model.NodeId;

/** A node and its guard, and what it knows of those of others: whether it is heard, and what they have promised. */
final class Guarding {
    private Guarding() {}

    static void reported(Turn turn, Event.GuardReported reported) {
        turn.lease(Lease.reported(turn.lease(), reported.promise(), reported.bound()));
        turn.guard(Lease.offer(turn.lease(), turn.membership().quorum()));
    }

    /** Notes when this node has accepted a proposal. */
    static void accepted(Turn turn) {
        Optional<ViewNumber> ballot = switch (turn.membership().phase()) {
            case Phase.Promised promised -> Optional.of(promised.ballot());
            case Phase.Proposing proposing -> Optional.of(proposing.ballot());
            case Phase.Settled settled -> Optional.empty();
            case Phase.Adrift adrift -> Optional.empty();
            case Phase.Reserving reserving -> Optional.empty();
        };
        ballot.ifPresent(number -> turn.lease(Lease.accepted(turn.lease(), number, turn.elapsed())));
    }

    /** A view begins: what its members promise is what its installation says, and nothing else. */
    static void begin(Turn turn, Message.Install install) {
        View view = install.view();
        List<Fact> facts = new ArrayList<>();
        for (NodeId member : view.members()) {
            Optional<String> promise = install.guards().stream()
                    .filter(guarded -> guarded.member().equals(member))
                    .map(guarded -> guarded.promise().text())
                    .findFirst();
            if (promise.isPresent() || turn.facts().facts().containsKey(key(member))) {
                facts.add(new Fact(key(member), promise, new Fact.Stamp(view.number(), 0)));
            }
        }
        turn.facts(turn.facts().merged(facts));
        turn.lease(Lease.installed(turn.lease(), install, turn.self(), turn.elapsed()));
    }

    static void ask(Turn turn) {
        turn.lease(Lease.ask(turn.lease(), turn.membership(), turn.elapsed()));
        // What a guard that was armed late promises, its own node knows first.
        turn.view()
                .filter(view -> turn.lease().bound())
                .ifPresent(view -> note(
                        turn,
                        view,
                        turn.self(),
                        turn.lease().asked(),
                        turn.lease().armed()));
    }

    /** A member wants to know whether it is heard. What it promises is noted before it is answered. */
    static void asked(Turn turn, NodeId from, Message.LeaseQuestion question) {
        turn.view().ifPresent(view -> note(turn, view, from, question.number(), question.promise()));
        turn.send(from, new Message.LeaseAnswer(question.view(), question.number()));
    }

    /** Who is about to leave, or is fenced, has nothing to promise any more. */
    private static void note(Turn turn, View view, NodeId node, long number, Optional<GuardPromise> promise) {
        Optional<String> text = promise.map(GuardPromise::text);
        boolean member = turn.facts().standing(node.name()).equals(Optional.of(Standing.MEMBER));
        if (member && !turn.facts().value(Fact.Kind.GUARD, node.name(), "").equals(text)) {
            turn.facts(turn.facts().merged(List.of(new Fact(key(node), text, new Fact.Stamp(view.number(), number)))));
            turn.dc().ifPresent(dc -> dc.lookAgain());
        }
    }

    static void answered(Turn turn, NodeId from, Message.LeaseAnswer answer) {
        turn.lease(Lease.answered(turn.lease(), turn.membership().quorum(), from, answer.number()));
    }

    static void stop(Turn turn, String why) {
        turn.lease(Lease.condemn(turn.lease(), why));
    }

    /** The DC lets this node go. */
    static void leave(Turn turn) {
        boolean running = turn.resources().report().stream()
                .anyMatch(history -> !history.agent().standard().equals("stonith") && Outcomes.mayBeActive(history));
        turn.lease(Lease.leave(turn.lease(), turn.membership(), running, turn.elapsed()));
    }

    private static Fact.Key key(NodeId node) {
        return new Fact.Key(Fact.Kind.GUARD, node.name(), "");
    }
}
