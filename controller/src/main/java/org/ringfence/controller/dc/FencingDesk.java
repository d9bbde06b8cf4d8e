package org.ringfence.controller.dc;

import java.util.List;
import java.util.Optional;
import org.ringfence.controller.Turn;
import org.ringfence.controller.facts.Fact;
import org.ringfence.controller.fencing.DeviceTrust;
import org.ringfence.controller.history.HistoryEntry.Kind;
import org.ringfence.controller.membership.View;
import org.ringfence.controller.request.Answer;
import org.ringfence.controller.request.Request;
import org.ringfence.model.NodeId;
import org.ringfence.model.problem.Place;
import org.ringfence.model.problem.Problem;

/** What people ask of fencing: to fence, to take their word for it, to let a node in again, to count on a device again. */
final class FencingDesk {
    private FencingDesk() {}

    static void fence(Turn turn, DcDraft dc, Asker asker, Request.Fence fence) {
        if (!Desk.isNode(turn, fence.node())) {
            Desk.answer(turn, dc, asker, Desk.unknownNode(turn, fence.node()));
            return;
        }
        View view = turn.view().orElseThrow();
        if (!view.quorate()) {
            String why = "there is no quorum, and who has it may be fencing this side: "
                    + turn.settings().quorum().shortfall(view.members());
            var problem = Problem.error(
                    Place.NONE,
                    "node " + fence.node(),
                    why,
                    "ask a node of the side that has quorum, or switch it off");
            Desk.answer(turn, dc, asker, new Answer.Refused(List.of(problem)));
            return;
        }
        var target = new NodeId(fence.node());
        if (fence.planOnly()) {
            Desk.answer(turn, dc, asker, FencingPreview.of(turn, dc, target, fence.action()));
            return;
        }
        String why = fence.why().isEmpty() ? "" : ": " + fence.why();
        turn.tell(Kind.REQUEST, target.name(), asker.who() + " asks to fence it" + why);
        FencingDuty.fence(turn, dc, target, fence.action(), "asked for by " + asker.who() + why, asker);
    }

    static void confirm(Turn turn, DcDraft dc, Asker asker, Request.ConfirmFenced confirm) {
        if (!Desk.isNode(turn, confirm.node())) {
            Desk.answer(turn, dc, asker, Desk.unknownNode(turn, confirm.node()));
            return;
        }
        var node = new NodeId(confirm.node());
        if (turn.view().map(view -> view.has(node)).orElse(false)) {
            Desk.answer(
                    turn,
                    dc,
                    asker,
                    new Answer.Refused(List.of(Problem.error(
                            Place.NONE,
                            "node " + node,
                            "is a member and answers, so it is not off",
                            "fence it with 'ringfence fence " + node + "'"))));
            return;
        }
        turn.tell(Kind.FENCE_CONFIRMED, node.name(), "by hand, by " + asker.who() + ": " + confirm.why());
        FencingOutcome.note(
                turn, dc, node, "confirmed", true, confirm.why(), "by hand, by " + asker.who() + " at " + asker.node());
        Decision.fenced(turn, dc, node);
        Carrying.releaseHeld(turn, dc);
        dc.again = true;
        Desk.answer(turn, dc, asker, new Answer.Done(node + " counts as fenced", List.of()));
    }

    static void admit(Turn turn, DcDraft dc, Asker asker, Request.AdmitNode admit) {
        if (!Desk.isNode(turn, admit.node())) {
            Desk.answer(turn, dc, asker, Desk.unknownNode(turn, admit.node()));
            return;
        }
        var key = new Fact.Key(Fact.Kind.FENCING_LOOP, admit.node(), "");
        if (turn.facts().value(key.kind(), key.node(), key.name()).isEmpty()) {
            Desk.answer(turn, dc, asker, new Answer.Done("nothing keeps " + admit.node() + " out", List.of()));
            return;
        }
        turn.tell(Kind.REQUEST, admit.node(), asker.who() + " lets it in again: " + admit.why());
        Decision.fact(turn, dc, key, Optional.empty());
        dc.again = true;
        Desk.answer(turn, dc, asker, new Answer.Done(admit.node() + " may run resources again", List.of()));
    }

    static void trust(Turn turn, DcDraft dc, Asker asker, Request.TrustDevice trust) {
        if (!Desk.isNode(turn, trust.node())) {
            Desk.answer(turn, dc, asker, Desk.unknownNode(turn, trust.node()));
            return;
        }
        Fact.Key key = DeviceTrust.key(new NodeId(trust.node()), trust.device());
        if (turn.facts().value(key.kind(), key.node(), key.name()).isEmpty()) {
            Desk.answer(
                    turn,
                    dc,
                    asker,
                    new Answer.Done(trust.device() + " is not distrusted for " + trust.node(), List.of()));
            return;
        }
        turn.tell(
                Kind.REQUEST,
                trust.node(),
                asker.who() + " counts on device " + trust.device() + " again: " + trust.why());
        Decision.fact(turn, dc, key, Optional.empty());
        dc.again = true;
        Desk.answer(
                turn,
                dc,
                asker,
                new Answer.Done(trust.device() + " is counted on for " + trust.node() + " again", List.of()));
    }
}
