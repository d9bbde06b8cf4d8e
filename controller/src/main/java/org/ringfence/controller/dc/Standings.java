package org.ringfence.controller.dc;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.ringfence.controller.ClusterStatus;
import org.ringfence.controller.Turn;
import org.ringfence.controller.fencing.FencingProblems;
import org.ringfence.controller.membership.View;
import org.ringfence.controller.transition.TransitionState;
import org.ringfence.model.NodeId;
import org.ringfence.model.cib.Cib;
import org.ringfence.model.graph.GraphAction;
import org.ringfence.model.problem.Problem;
import org.ringfence.model.problem.UnusableInputException;

/** Puts together how everything stands. */
final class Standings {
    private Standings() {}

    static ClusterStatus of(Turn turn, DcDraft dc) {
        View view = turn.view().orElseThrow();
        Cib cib = KnownStatus.of(turn, dc.cib.orElse(Cib.EMPTY), view);
        String waiting = "";
        if (!dc.ready) {
            List<NodeId> missing = new ArrayList<>(view.members());
            missing.removeAll(dc.joined);
            waiting = missing.isEmpty() ? "the configuration is being read" : "still to join: " + missing;
        } else if (!dc.graceIsOver) {
            waiting = "nodes that were never seen have time to appear";
        }
        return status(turn, Optional.of(view), waiting, cib, dc.heldBack, Optional.of(dc));
    }

    /** What a node without a view can say: what lies on its disk. */
    static ClusterStatus local(Turn turn) {
        Cib cib = turn.held()
                .map(held -> {
                    try {
                        return Cib.read(held.text(), "configuration");
                    } catch (UnusableInputException damaged) {
                        throw new IllegalStateException("a stored configuration is read before it is stored", damaged);
                    }
                })
                .orElse(Cib.EMPTY);
        return status(turn, Optional.empty(), "this node is in no view", cib, List.of(), Optional.empty());
    }

    private static ClusterStatus status(
            Turn turn, Optional<View> view, String waiting, Cib cib, List<String> heldBack, Optional<DcDraft> dc) {
        return new ClusterStatus(
                turn.settings().cluster(),
                turn.self(),
                turn.settings().nodes(),
                view,
                waiting.isEmpty(),
                waiting,
                view.filter(View::quorate).isPresent()
                        ? ""
                        : turn.settings()
                                .quorum()
                                .shortfall(view.map(View::members).orElse(List.of())),
                cib.write(),
                List.copyOf(turn.facts().facts().values()),
                Decision.interlock(turn, cib)
                        .withProof(cib, turn.facts(), turn.settings().nodes(), turn.now()),
                heldBack,
                problems(turn, cib, dc),
                dc.flatMap(duty -> progress(duty.transition)),
                dc.map(Standings::fencing).orElse(List.of()),
                List.copyOf(turn.slow()));
    }

    private static List<Problem> problems(Turn turn, Cib cib, Optional<DcDraft> dc) {
        List<Problem> problems = new ArrayList<>(
                FencingProblems.of(turn.facts(), cib, turn.settings().nodes(), turn.now()));
        dc.ifPresent(duty -> {
            problems.addAll(TimerCheck.ofKnown(turn, cib));
            problems.addAll(duty.problems);
        });
        return problems;
    }

    private static Optional<ClusterStatus.Progress> progress(TransitionState transition) {
        if (!transition.isActive()) {
            return Optional.empty();
        }
        List<String> running = new ArrayList<>();
        transition.graph().synapses().forEach(synapse -> {
            GraphAction action = synapse.action();
            if (transition.running().contains(action.id())) {
                running.add(
                        action instanceof GraphAction.ResourceAction resource
                                ? action.operationKey() + " on " + resource.node()
                                : action.operationKey());
            }
        });
        return Optional.of(new ClusterStatus.Progress(
                transition.id(),
                transition.done(),
                transition.graph().synapses().size(),
                running));
    }

    private static List<ClusterStatus.FencingUnderWay> fencing(DcDraft dc) {
        var targets = new TreeSet<>(dc.retries.keySet());
        dc.fencing
                .requests()
                .values()
                .forEach(request -> targets.add(request.plan().target()));
        List<ClusterStatus.FencingUnderWay> under = new ArrayList<>();
        for (NodeId target : targets) {
            DcState.Retry retry = dc.retries.getOrDefault(target, new DcState.Retry(0, false, Duration.ZERO));
            String failure = dc.fencing.requests().values().stream()
                    .filter(request -> request.plan().target().equals(target))
                    .map(request -> request.lastFailure())
                    .findFirst()
                    .orElse("");
            under.add(new ClusterStatus.FencingUnderWay(
                    target, retry.failures(), retry.waits() ? retry.delay() : Duration.ZERO, failure));
        }
        return under;
    }
}
