package org.ringfence.controller;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.ringfence.controller.dc.DcDraft;
import org.ringfence.controller.dc.DcState;
import org.ringfence.controller.dc.Decision;
import org.ringfence.controller.dc.Gathering;
import org.ringfence.controller.facts.Fact;
import org.ringfence.controller.facts.Standing;
import org.ringfence.controller.history.HistoryEntry.Kind;
import org.ringfence.controller.membership.Membership;
import org.ringfence.controller.membership.MembershipState;
import org.ringfence.controller.membership.View;
import org.ringfence.controller.membership.ViewNumber;
import org.ringfence.controller.message.Message;
import org.ringfence.controller.request.Answer;
import org.ringfence.controller.resources.Resources;
import org.ringfence.model.NodeId;
import org.ringfence.model.problem.Place;
import org.ringfence.model.problem.Problem;

/**
 * A node: all of its machines put together. Every event goes to membership first, so that a view that begins or ends with
 * it is known before anything else is done.
 */
public final class Controller {
    private static final int EARLY_MAX = 4_096;

    /** What a node may say to itself because of one event; more is a fault that would never end. */
    private static final int TURN_MAX = 100_000;

    private Controller() {}

    /** The next state and what is to be done. Same arguments, same answer. */
    public static Step<ControllerState> step(ControllerState state, Now now, Event event) {
        var turn = new Turn(state, now);
        turn.later(event);
        Optional<Event> next = turn.next();
        for (int handled = 0; next.isPresent(); handled++) {
            if (handled == TURN_MAX) {
                throw new IllegalStateException("the handling of " + event + " does not end");
            }
            handle(turn, next.get());
            next = turn.next();
            if (next.isEmpty()) {
                turn.dc().ifPresent(dc -> Decision.decideIfNeeded(turn, dc));
                next = turn.next();
            }
        }
        return turn.end();
    }

    private static void handle(Turn turn, Event event) {
        MembershipState before = turn.membership();
        turn.membership(Membership.step(before, event));
        follow(turn, before);
        MembershipState between = turn.membership();
        Routes.event(turn, event);
        follow(turn, between);
    }

    /** Ends what belonged to the former view, and begins the new one, where membership has changed it. */
    private static void follow(Turn turn, MembershipState before) {
        if (turn.view().isEmpty()) {
            endDuty(turn, "this node left its view");
        }
        if (!turn.view().equals(before.view())) {
            turn.resources(Resources.step(turn.resources(), new Resources.Event.ViewEnded()));
        }
        Optional<Message.Install> installed = turn.membership().installed();
        if (installed.isPresent() && !number(installed).equals(number(before.installed()))) {
            begin(turn, installed.get());
        }
    }

    private static Optional<ViewNumber> number(Optional<Message.Install> install) {
        return install.map(present -> present.view().number());
    }

    /** A view begins: nodes say what they know, the DC gathers it. */
    private static void begin(Turn turn, Message.Install install) {
        View view = install.view();
        endDuty(turn, "a new view began");
        String members =
                String.join(" ", view.members().stream().map(Object::toString).toList());
        if (view.dc().equals(turn.self())) {
            turn.tell(
                    Kind.VIEW_AGREED,
                    "",
                    "view " + view.number() + ": " + members + (view.quorate() ? "" : ", no quorum"),
                    "view",
                    Long.toString(view.number().counter()),
                    "members",
                    members);
        }
        view.members().forEach(member -> turn.histories().remove(member));
        membersAre(turn, view);
        List<Event.Received> early = new ArrayList<>(turn.early());
        turn.early().clear();
        if (view.dc().equals(turn.self())) {
            var dc = DcDraft.of(DcState.begin(view.number()));
            turn.dc(dc);
            Gathering.begin(turn, dc, install);
        }
        List<Fact> facts = List.copyOf(turn.facts().facts().values());
        view.members()
                .forEach(member -> turn.send(
                        member,
                        new Message.Join(
                                view.number(),
                                turn.resources().report(),
                                turn.spokenTo(member, facts),
                                turn.facts().known())));
        early.forEach(turn::later);
        if (turn.leaving()) {
            Routes.askToLeave(turn, view);
        }
    }

    /**
     * Whatever this node knew of a member: it is one now, and may hold something from here on. Every member notes that by
     * itself, as the DC may have it start something and die before it has told the others.
     */
    private static void membersAre(Turn turn, View view) {
        List<Fact> facts = new ArrayList<>();
        var stamp = new Fact.Stamp(view.number(), 0);
        for (NodeId member : view.members()) {
            if (!turn.facts().standing(member.name()).equals(Optional.of(Standing.MEMBER))) {
                var standing = new Fact.Key(Fact.Kind.STANDING, member.name(), "");
                facts.add(new Fact(standing, Optional.of(Standing.MEMBER.name()), stamp));
                // A node that is back has not been asked to leave in this life; one that was, asks again.
                var shutdown = new Fact.Key(Fact.Kind.ATTRIBUTE, member.name(), "shutdown");
                facts.add(new Fact(shutdown, Optional.empty(), stamp));
                // From here on its own history says what it runs.
                turn.facts().of(Fact.Kind.LEFT_RUNNING, member.name()).keySet().stream()
                        .map(resource -> new Fact.Key(Fact.Kind.LEFT_RUNNING, member.name(), resource))
                        .forEach(key -> facts.add(new Fact(key, Optional.empty(), stamp)));
            }
        }
        turn.facts(turn.facts().merged(facts));
    }

    /** This node is DC no more; whoever waits for it is told, and so is whoever asked through this node. */
    private static void endDuty(Turn turn, String why) {
        turn.dc().ifPresent(dc -> Gathering.end(turn, dc, why));
        turn.dc(null);
        List.copyOf(turn.forwarded()).forEach(request -> {
            turn.forwarded().remove(request);
            turn.emit(new Effect.Reply(request, lost(why)));
        });
    }

    static Answer lost(String why) {
        return new Answer.NotDone(
                "not known",
                List.of(Problem.error(
                        Place.NONE,
                        "",
                        why + " before the answer came, so it may or may not have been done",
                        "look with 'ringfence status' and 'ringfence configure show', then ask again")));
    }

    /** Keeps a message of a view that is promised and not yet installed. */
    static void keepEarly(Turn turn, Event.Received received) {
        if (turn.early().size() < EARLY_MAX) {
            turn.early().add(received);
        }
    }
}
