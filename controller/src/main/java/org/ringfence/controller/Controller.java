package org.ringfence.controller;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.ringfence.controller.dc.DcDraft;
import org.ringfence.controller.dc.DcState;
import org.ringfence.controller.dc.Decision;
import org.ringfence.controller.dc.Gathering;
import org.ringfence.controller.facts.Fact;
import org.ringfence.controller.facts.Standing;
import org.ringfence.controller.fencing.FenceExecutor;
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
    private static final String NEW_VIEW = "a new view began";

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
        Guarding.accepted(turn);
        follow(turn, before);
        MembershipState between = turn.membership();
        Routes.event(turn, event);
        Guarding.accepted(turn);
        follow(turn, between);
    }

    /** Ends what belonged to the former view, and begins the new one, where membership has changed it. */
    private static void follow(Turn turn, MembershipState before) {
        if (turn.view().isEmpty()) {
            endDuty(turn, "this node left its view", List.of());
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
        boolean decides = view.dc().equals(turn.self());
        List<DcState.FencePurpose> carried = turn.dc()
                .filter(dc -> decides)
                .map(dc -> dc.askedAt(view.members()))
                .orElse(List.of());
        endDuty(turn, NEW_VIEW, carried);
        if (decides) {
            // The DC that had them is another.
            keepOnly(turn, HandedOn.NONE, NEW_VIEW);
        }
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
        SortedMap<NodeId, Fact> fenced = fencedUntilNow(turn, view);
        membersAre(turn, view);
        turn.executor(FenceExecutor.viewBegan(turn.executor(), view.members()));
        Guarding.begin(turn, install);
        List<Event.Received> early = new ArrayList<>(turn.early());
        turn.early().clear();
        if (decides) {
            var dc = DcDraft.of(DcState.begin(view.number(), fenced, carried));
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
                                turn.facts().known(),
                                turn.lives().getOrDefault(turn.self(), 0L),
                                turn.dc().map(dc -> dc.askedBy(member)).orElse(List.of()))));
        early.forEach(turn::later);
        if (turn.leaving()) {
            Routes.askToLeave(turn, view);
        }
    }

    private static SortedMap<NodeId, Fact> fencedUntilNow(Turn turn, View view) {
        var fenced = new TreeMap<NodeId, Fact>();
        for (NodeId member : view.members()) {
            Fact standing = turn.facts().facts().get(new Fact.Key(Fact.Kind.STANDING, member.name(), ""));
            if (standing != null && standing.value().equals(Optional.of(Standing.FENCED.name()))) {
                fenced.put(member, standing);
            }
        }
        return fenced;
    }

    /**
     * Whatever this node knew of a member: it is one now, and may hold something from here on. Every member notes that by
     * itself, as the DC may have it start something and die before it has told the others.
     */
    private static void membersAre(Turn turn, View view) {
        List<Fact> facts = new ArrayList<>();
        var stamp = new Fact.Stamp(view.number(), 0);
        for (NodeId member : view.members()) {
            // What was done to it, or said of it, was before.
            for (Fact.Kind kind : List.of(Fact.Kind.FENCING_SAID, Fact.Kind.FENCING_UNDERWAY)) {
                turn.facts().of(kind, member.name()).keySet().stream()
                        .map(name -> new Fact.Key(kind, member.name(), name))
                        .forEach(key -> facts.add(new Fact(key, Optional.empty(), stamp)));
            }
            if (!turn.facts().standing(member.name()).equals(Optional.of(Standing.MEMBER))) {
                var standing = new Fact.Key(Fact.Kind.STANDING, member.name(), "");
                facts.add(new Fact(standing, Optional.of(Standing.MEMBER.name()), stamp));
                // A node that is back has not been asked to leave in this life; one that was, asks again. Whoever does
                // not know of the
                // wish says so too, as another member may.
                var shutdown = new Fact.Key(Fact.Kind.ATTRIBUTE, member.name(), "shutdown");
                facts.add(new Fact(shutdown, Optional.empty(), stamp));
                // Nor has it any score that an agent gave it in its former life, or any failure.
                turn.facts().of(Fact.Kind.ATTRIBUTE, member.name()).keySet().stream()
                        .map(name -> new Fact.Key(Fact.Kind.ATTRIBUTE, member.name(), name))
                        .forEach(key -> facts.add(new Fact(key, Optional.empty(), stamp)));
                // From here on its own history says what it runs.
                turn.facts().of(Fact.Kind.LEFT_RUNNING, member.name()).keySet().stream()
                        .map(resource -> new Fact.Key(Fact.Kind.LEFT_RUNNING, member.name(), resource))
                        .forEach(key -> facts.add(new Fact(key, Optional.empty(), stamp)));
            }
        }
        turn.facts(turn.facts().merged(facts));
    }

    /** This node is DC no more; whoever waits for it is told, and so is whoever asked through this node. */
    private static void endDuty(Turn turn, String why, List<DcState.FencePurpose> carried) {
        turn.dc().ifPresent(dc -> Gathering.end(turn, dc, why, carried));
        turn.dc(null);
        keepOnly(turn, turn.handedOn().afterView(), why);
    }

    private static void keepOnly(Turn turn, HandedOn kept, String why) {
        turn.handedOn().except(kept).forEach(request -> turn.emit(new Effect.Reply(request, lost(why))));
        turn.handedOn(kept);
    }

    /** The DC of the present view has said what it carries on; of the rest nobody knows how it ended. */
    static void carriedOn(Turn turn, List<Long> requests) {
        keepOnly(turn, turn.handedOn().carriedOn(requests), NEW_VIEW);
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
