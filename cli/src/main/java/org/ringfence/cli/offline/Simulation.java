package org.ringfence.cli.offline;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.ringfence.model.cib.Cib;
import org.ringfence.model.graph.GraphAction;
import org.ringfence.model.graph.Synapse;
import org.ringfence.model.graph.TransitionGraph;
import org.ringfence.model.problem.Place;
import org.ringfence.model.problem.Problem;
import org.ringfence.model.problem.UnusableInputException;
import org.ringfence.scheduler.Scheduler;
import org.ringfence.scheduler.execution.Execution;
import org.ringfence.scheduler.execution.Injection;
import org.ringfence.scheduler.execution.OperationOutcome;
import org.ringfence.scheduler.explain.Explainer;
import org.ringfence.scheduler.reason.Explanation;

/**
 * One step of a cluster's life: something happens, a transition is computed, and it is carried out.
 *
 * @param at        when all of it happens
 * @param before    once the injections have happened
 * @param problems  of the configuration, and what keeps the cluster from acting
 * @param placement what the transition was decided by
 * @param after     once the transition has been carried out
 * @param next      what would be done then
 * @param explanations of what was asked about, in the order of the configuration
 */
record Simulation(
        Instant at,
        Picture before,
        TransitionGraph graph,
        List<Problem> problems,
        Placement placement,
        Execution.Result result,
        Picture after,
        List<GraphAction> next,
        List<Explanation> explanations) {

    /**
     * @param asked which resources to explain
     * @throws UnusableInputException when an injection, or what is asked, names what does not exist
     */
    static Simulation of(
            Cib cib, List<Injection> injections, List<OperationOutcome> failures, Set<String> asked, Instant at)
            throws UnusableInputException {
        Cib changed = Injection.applyAll(injections, cib, at);
        var before = new PictureReader(changed);
        var placement = new PlacementReader();
        var explainer = new Explainer(asked);
        Scheduler.Schedule schedule =
                Scheduler.schedule(changed, at, before.and(asked.isEmpty() ? placement : placement.and(explainer)));
        for (String name : explainer.missing()) {
            throw new UnusableInputException(Problem.error(
                    Place.NONE, "--explain " + name, "there is no such resource", "'--scores' names all there are"));
        }
        Picture pictureBefore = before.picture();
        List<Problem> problems = new ArrayList<>(cib.problems());
        problems.addAll(schedule.problems());
        Execution.Result result = Execution.of(changed, schedule.graph(), failures, at);
        var after = new PictureReader(result.cib());
        TransitionGraph then = Scheduler.schedule(result.cib(), at, after).graph();
        return new Simulation(
                at,
                pictureBefore,
                schedule.graph(),
                List.copyOf(problems),
                placement.placement(),
                result,
                after.picture(),
                then.synapses().stream()
                        .map(Synapse::action)
                        .filter(action -> !(action instanceof GraphAction.PseudoAction))
                        .toList(),
                explainer.explanations());
    }

    List<SimulatedAction> actions() {
        List<SimulatedAction> actions = new ArrayList<>();
        result.steps().forEach(step -> actions.add(SimulatedAction.of(step)));
        result.notDone().forEach(action -> actions.add(SimulatedAction.of(action, SimulatedAction.Outcome.NOT_DONE)));
        return actions;
    }

    List<SimulatedAction> later() {
        return next.stream()
                .map(action -> SimulatedAction.of(action, SimulatedAction.Outcome.LATER))
                .toList();
    }
}
