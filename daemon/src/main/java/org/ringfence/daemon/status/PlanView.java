package org.ringfence.daemon.status;

import java.util.List;
import java.util.Optional;
import org.ringfence.api.Reply;
import org.ringfence.api.status.Role;
import org.ringfence.controller.request.Answer;
import org.ringfence.model.cib.Cib;
import org.ringfence.model.graph.GraphAction;
import org.ringfence.model.graph.Synapse;
import org.ringfence.scheduler.foresee.Absence;
import org.ringfence.scheduler.foresee.Makespan;

/** What a change would cause, in the words of the local API. */
final class PlanView {
    private PlanView() {}

    /** @param measured the configuration with its status, in which times of operations are; without it nothing is said of times */
    static Reply.Plan of(Answer.Plan plan, Optional<Cib> measured) {
        List<Reply.PlannedStep> steps = plan.graph().synapses().stream()
                .map(Synapse::action)
                .flatMap(action -> step(action).stream())
                .toList();
        List<Reply.Away> away = measured.map(cib -> Absence.of(plan.graph(), new Makespan(cib)).stream()
                        .map(PlanView::away)
                        .toList())
                .orElse(List.of());
        return new Reply.Plan(steps, plan.unsafe(), plan.problems(), away);
    }

    private static Reply.Away away(Absence absence) {
        Role role = switch (absence.what()) {
            case STOPPED -> Role.STARTED;
            case DEMOTED -> Role.PROMOTED;
        };
        return new Reply.Away(absence.resource(), role, absence.lasts(), absence.guessed());
    }

    private static Optional<Reply.PlannedStep> step(GraphAction action) {
        return switch (action) {
            case GraphAction.ResourceAction resource ->
                Optional.of(new Reply.PlannedStep(
                        resource.operation(), resource.resource().instance(), resource.node(), Optional.empty()));
            case GraphAction.ClusterAction cluster ->
                Optional.of(new Reply.PlannedStep(
                        cluster.operation().equals("stonith") ? "fence" : cluster.operation(),
                        cluster.node().name(),
                        cluster.node(),
                        Optional.empty()));
            case GraphAction.PseudoAction point -> Optional.empty();
        };
    }
}
