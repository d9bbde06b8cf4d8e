package org.ringfence.controller.dc;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.SortedMap;
import org.ringfence.controller.Turn;
import org.ringfence.controller.fencing.FenceDelay;
import org.ringfence.controller.fencing.FencePlan;
import org.ringfence.controller.membership.View;
import org.ringfence.controller.request.Answer;
import org.ringfence.model.NodeId;
import org.ringfence.model.cib.Cib;
import org.ringfence.model.problem.Place;
import org.ringfence.model.problem.Problem;
import org.ringfence.model.status.NodeState;
import org.ringfence.model.status.Status;
import org.ringfence.scheduler.Scheduler;

/** What fencing a node would be and would cause. */
final class FencingPreview {
    private FencingPreview() {}

    static Answer of(Turn turn, DcDraft dc, NodeId target, String how) {
        View view = turn.view().orElseThrow();
        Cib cib = dc.cib.orElseThrow();
        FencePlan plan = FencingDuty.plan(turn, cib, target, how, false);
        SortedMap<String, List<NodeId>> candidates = FencingDuty.candidates(turn, cib, plan, false);
        Duration delay = target.equals(turn.self())
                ? Duration.ZERO
                : FenceDelay.of(cib, plan, FencingDuty.sides(turn), turn.chance())
                        .whole();
        List<Problem> said = new ArrayList<>();
        if (plan.ways().isEmpty()) {
            said.add(Problem.error(
                    Place.NONE,
                    "node " + target,
                    "no fence device that can be counted on covers it: it could not be fenced",
                    "configure one, or see 'ringfence status' for why one is not counted on"));
        }
        for (int way = 0; way < plan.ways().size(); way++) {
            said.add(note(target, way, plan.ways().get(way), candidates, way == 0 ? delay : Duration.ZERO));
        }
        if (!how.equals("on") && !plan.ways().isEmpty()) {
            said.add(new Problem(
                    Problem.Severity.NOTE, Place.NONE, "node " + target, "what is away is so from when it is off", ""));
        }
        Cib known = KnownStatus.of(turn, cib, view);
        Scheduler.Schedule schedule =
                turn.settings().scheduling().schedule(how.equals("on") ? known : lost(known, target), turn.now());
        said.addAll(schedule.problems());
        return new Answer.Plan(schedule.graph(), List.of(), said);
    }

    private static Problem note(
            NodeId target, int number, FencePlan.Way way, SortedMap<String, List<NodeId>> candidates, Duration delay) {
        List<String> steps = new ArrayList<>();
        for (FencePlan.Attempt attempt : way.calls()) {
            List<NodeId> able = candidates.getOrDefault(attempt.call().device(), List.of());
            String from = able.isEmpty()
                    ? "from no node, as none that may use it is there"
                    : "from "
                            + String.join(
                                    ", then ", able.stream().map(NodeId::name).toList());
            steps.add(attempt.call().command() + " with " + attempt.call().device() + " " + from);
        }
        String holds = delay.isZero() ? "" : "holds back " + delay.toMillis() + " ms, then ";
        return new Problem(
                Problem.Severity.NOTE,
                Place.NONE,
                "node " + target,
                (number == 0 ? "" : "if that fails, ") + holds + String.join("; ", steps),
                "");
    }

    /** The same status, had the node just fallen silent. */
    private static Cib lost(Cib known, NodeId target) {
        SequencedMap<String, NodeState> nodes = new LinkedHashMap<>();
        known.status()
                .nodes()
                .forEach((id, state) -> nodes.put(id, state.uname().equals(target.name()) ? lost(state) : state));
        return known.withStatus(new Status(nodes, List.of()));
    }

    private static NodeState lost(NodeState state) {
        var membership = new LinkedHashMap<String, String>();
        membership.put("in_ccm", "false");
        membership.put("crmd", "offline");
        membership.put("join", "down");
        membership.put("expected", "member");
        return new NodeState(state.id(), state.uname(), membership, new LinkedHashMap<>(), state.history(), List.of());
    }
}
