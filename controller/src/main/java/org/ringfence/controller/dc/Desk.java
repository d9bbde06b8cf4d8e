package org.ringfence.controller.dc;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.ringfence.controller.Effect;
import org.ringfence.controller.Event;
import org.ringfence.controller.Turn;
import org.ringfence.controller.configuration.Edits;
import org.ringfence.controller.configuration.StoredConfiguration;
import org.ringfence.controller.facts.Fact;
import org.ringfence.controller.facts.Standing;
import org.ringfence.controller.history.HistoryEntry.Kind;
import org.ringfence.controller.interlock.Interlock;
import org.ringfence.controller.membership.View;
import org.ringfence.controller.message.Message;
import org.ringfence.controller.request.Answer;
import org.ringfence.controller.request.Request;
import org.ringfence.model.NodeId;
import org.ringfence.model.cib.Cib;
import org.ringfence.model.problem.Place;
import org.ringfence.model.problem.Problem;
import org.ringfence.model.problem.UnusableInputException;
import org.ringfence.model.xml.XmlWriter;
import org.ringfence.scheduler.Scheduler;

/** Takes requests: the DC's own are answered, others handed on to it. */
public final class Desk {
    private static final int QUEUE_MAX = 64;

    private Desk() {}

    public static void requested(Turn turn, Optional<DcDraft> dc, Event.Requested requested) {
        Optional<View> view = turn.view();
        if (dc.isPresent()) {
            handle(turn, dc.get(), new Asker(turn.self(), requested.request(), requested.who()), requested.asked());
        } else if (view.isPresent()) {
            boolean fencing = requested.asked() instanceof Request.Fence;
            turn.handedOn(turn.handedOn().with(requested.request(), fencing));
            turn.send(
                    view.get().dc(),
                    new Message.Forward(view.get().number(), requested.request(), requested.who(), requested.asked()));
        } else {
            turn.emit(new Effect.Reply(requested.request(), withoutView(turn, requested.asked())));
        }
    }

    private static Answer withoutView(Turn turn, Request asked) {
        return switch (asked) {
            case Request.Status status -> new Answer.Status(Standings.local(turn));
            case Request.ShowConfiguration show ->
                turn.held()
                        .<Answer>map(held -> new Answer.Configuration(
                                held.text(), held.stamp().version().toString()))
                        .orElseGet(() -> notNow("this node has no configuration yet"));
            default -> notNow("this node is in no view: it is starting, or cannot agree with the others");
        };
    }

    private static Answer notNow(String why) {
        return new Answer.NotDone(
                "nothing was done",
                List.of(Problem.error(Place.NONE, "", why, "look with 'ringfence status' and ask again")));
    }

    public static void forwarded(Turn turn, DcDraft dc, NodeId from, Message.Forward forward) {
        handle(turn, dc, new Asker(from, forward.request(), forward.who()), forward.asked());
    }

    static void answer(Turn turn, DcDraft dc, Asker asker, Answer answer) {
        if (asker.node().equals(turn.self())) {
            turn.emit(new Effect.Reply(asker.request(), answer));
        } else {
            turn.send(asker.node(), new Message.Answered(dc.view, asker.request(), answer));
        }
    }

    static Answer lost(String why) {
        return new Answer.NotDone(
                "not known",
                List.of(Problem.error(
                        Place.NONE,
                        "",
                        why + " before it was done, so it may or may not have been",
                        "look with 'ringfence status' and 'ringfence configure show', then ask again")));
    }

    private static void handle(Turn turn, DcDraft dc, Asker asker, Request asked) {
        boolean mayBeEarly = asked instanceof Request.Status
                || asked instanceof Request.ChangeConfiguration
                || asked instanceof Request.PrepareLeave;
        if (!dc.ready && !mayBeEarly) {
            answer(turn, dc, asker, notNow("the DC is still learning what the members know"));
            return;
        }
        switch (asked) {
            case Request.Status status -> answer(turn, dc, asker, new Answer.Status(Standings.of(turn, dc)));
            case Request.ShowConfiguration show -> {
                Cib cib = dc.cib.orElseThrow();
                String text = XmlWriter.write(cib.document());
                answer(
                        turn,
                        dc,
                        asker,
                        new Answer.Configuration(text, cib.version().toString()));
            }
            case Request.ChangeConfiguration change -> {
                if (dc.queued.size() >= QUEUE_MAX) {
                    answer(turn, dc, asker, notNow(QUEUE_MAX + " changes are waiting already"));
                } else {
                    dc.queued.add(new DcState.Queued(asker, change));
                    nextChange(turn, dc);
                }
            }
            case Request.Cleanup cleanup -> Cleaning.clean(turn, dc, asker, cleanup);
            case Request.Fence fence -> FencingDesk.fence(turn, dc, asker, fence);
            case Request.FenceTest test -> ProvingDuty.test(turn, dc, asker, test);
            case Request.ConfirmFenced confirm -> FencingDesk.confirm(turn, dc, asker, confirm);
            case Request.AdmitNode admit -> FencingDesk.admit(turn, dc, asker, admit);
            case Request.TrustDevice trust -> FencingDesk.trust(turn, dc, asker, trust);
            case Request.SetAttribute set -> {
                Decision.fact(turn, dc, new Fact.Key(Fact.Kind.ATTRIBUTE, set.node(), set.name()), set.value());
                dc.again = true;
                answer(turn, dc, asker, new Answer.Done(set.name() + " is set", List.of()));
            }
            case Request.WaitSettled wait -> {
                dc.settling.add(asker);
                settledIfSo(turn, dc);
            }
            case Request.PrepareLeave leave -> {
                var key = new Fact.Key(Fact.Kind.ATTRIBUTE, leave.node(), "shutdown");
                String since = Long.toString(turn.now().getEpochSecond());
                turn.tell(Kind.REQUEST, leave.node(), "it asks to leave");
                Decision.fact(turn, dc, key, Optional.of(since));
                dc.again = true;
            }
        }
    }

    /** Takes up the first waiting change, when none is on its way. */
    static void nextChange(Turn turn, DcDraft dc) {
        while (dc.ready && dc.change.isEmpty() && !dc.queued.isEmpty()) {
            DcState.Queued next = dc.queued.removeFirst();
            change(turn, dc, next.asker(), next.change());
        }
    }

    private static void change(Turn turn, DcDraft dc, Asker asker, Request.ChangeConfiguration change) {
        Cib former = dc.cib.orElseThrow();
        Cib edited;
        try {
            edited = Gathering.withNodes(turn, Edits.apply(former, change.edits()));
        } catch (UnusableInputException unusable) {
            answer(turn, dc, asker, new Answer.Unusable(List.of(unusable.problem())));
            return;
        }
        Optional<Answer> no = refusal(turn, former, edited, change);
        if (change.planOnly()) {
            Cib known = KnownStatus.of(turn, edited, turn.view().orElseThrow());
            Scheduler.Schedule schedule = turn.settings().scheduling().schedule(known, turn.now());
            List<Problem> unsafe =
                    no.isPresent() && no.get() instanceof Answer.Refused refused ? refused.problems() : List.of();
            answer(turn, dc, asker, new Answer.Plan(schedule.graph(), unsafe, schedule.problems()));
        } else if (no.isPresent()) {
            answer(turn, dc, asker, no.get());
        } else if (edited.configurationElement().equals(former.configurationElement())) {
            answer(turn, dc, asker, new Answer.Done("it is so already", List.of()));
        } else {
            Cib next = edited.withVersion(edited.version().nextEpoch())
                    .withAttribute("cib-last-written", turn.now().toString())
                    .withAttribute("update-user", asker.who().user())
                    .withAttribute("update-origin", asker.node().name());
            var note = new StoredConfiguration.Note(asker.who().user() + "@" + asker.node(), turn.now(), change.why());
            Gathering.propose(turn, dc, Gathering.stored(Optional.of(dc.view), next, note), Optional.of(asker));
        }
    }

    private static Optional<Answer> refusal(Turn turn, Cib former, Cib edited, Request.ChangeConfiguration change) {
        View view = turn.view().orElseThrow();
        if (!Gathering.mayWrite(turn, view)) {
            String why = view.quorate()
                    ? "the other node is not known to be dead, and could be changing the configuration too"
                    : "there is no quorum: " + turn.settings().quorum().shortfall(view.members());
            return Optional.of(new Answer.NotDone(
                    "nothing was changed",
                    List.of(Problem.error(Place.NONE, "", why, "look with 'ringfence status' for what is missing"))));
        }
        Interlock after = Decision.interlock(turn, edited);
        boolean closes =
                after.holdsBack(edited) && !Decision.interlock(turn, former).holdsBack(former);
        List<Problem> refused = new ArrayList<>(closes ? after.problems() : List.of());
        refused.addAll(TimerCheck.added(turn, former, edited, view));
        return refused.isEmpty() || change.acceptUnsafe() ? Optional.empty() : Optional.of(new Answer.Refused(refused));
    }

    static boolean isNode(Turn turn, String name) {
        return turn.settings().nodes().stream().anyMatch(node -> node.name().equals(name));
    }

    static Answer unknownNode(Turn turn, String name) {
        return new Answer.Unusable(List.of(Problem.error(
                Place.NONE,
                "node " + name,
                "is not a node of this cluster",
                "there are: " + turn.settings().nodes())));
    }

    /** Nothing is left to do: whoever waited for that is told, and who wanted to leave may. */
    static void settled(Turn turn, DcDraft dc) {
        for (NodeId node : turn.view().orElseThrow().members()) {
            if (turn.facts().value(Fact.Kind.ATTRIBUTE, node.name(), "shutdown").isPresent()) {
                mayLeave(turn, dc, node);
            }
        }
        settledIfSo(turn, dc);
    }

    private static void settledIfSo(Turn turn, DcDraft dc) {
        boolean busy = dc.again || dc.transition.isActive() || dc.change.isPresent() || !dc.retries.isEmpty();
        if (busy || !dc.ready || !dc.graceIsOver) {
            return;
        }
        List<Asker> waiting = new ArrayList<>(dc.settling);
        dc.settling.clear();
        waiting.forEach(asker -> answer(turn, dc, asker, new Answer.Done("nothing is left to do", List.of())));
    }

    /** The node has nothing running any more; from now on its silence is no fault. */
    static void mayLeave(Turn turn, DcDraft dc, NodeId node) {
        boolean told = turn.facts().standing(node.name()).equals(Optional.of(Standing.LEFT));
        if (!told && Decision.canBeRemembered(turn, node)) {
            Decision.left(turn, dc, node);
            turn.send(node, new Message.Answered(dc.view, 0, new Answer.Done(node + " may leave", List.of())));
        }
    }
}
