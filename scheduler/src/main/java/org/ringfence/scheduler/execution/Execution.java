package org.ringfence.scheduler.execution;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.ringfence.model.cib.Cib;
import org.ringfence.model.graph.GraphAction;
import org.ringfence.model.graph.Synapse;
import org.ringfence.model.graph.TransitionGraph;

/**
 * Carries a transition out on a status, as a cluster would: all that waits for nothing begins together, then all that waited for
 * that alone, and so on. When an action fails, those that began with it still end, and nothing more begins.
 */
public final class Execution {
    private final List<OperationOutcome> failures;
    private final List<Step> steps = new ArrayList<>();
    private final Effects effects;

    private Execution(List<OperationOutcome> failures, Effects effects) {
        this.failures = failures;
        this.effects = effects;
    }

    /** One real action that was carried out, and whether it ended otherwise than it should. */
    public record Step(GraphAction action, int exitCode, boolean failed) {}

    /**
     * What came of it.
     *
     * @param cib     with the status that the cluster has then
     * @param steps   real actions in the order in which they ended
     * @param notDone real actions that never began: after a failure, or for want of an order in which they could
     * @param unmet   failures that were asked for and that none of the steps is
     */
    public record Result(Cib cib, List<Step> steps, List<GraphAction> notDone, List<OperationOutcome> unmet) {
        public Result {
            steps = List.copyOf(steps);
            notDone = List.copyOf(notDone);
            unmet = List.copyOf(unmet);
        }

        public boolean failed() {
            return steps.stream().anyMatch(Step::failed);
        }
    }

    /**
     * @param failures operations that end with another exit code than the wanted one, if the graph has them; all others end well
     * @param now      when all of it happens
     */
    public static Result of(Cib cib, TransitionGraph graph, List<OperationOutcome> failures, Instant now) {
        var draft = new StatusDraft(cib);
        String transition = graph.attributes().getOrDefault("transition_id", "0");
        var effects = new Effects(draft, new Recorder(cib, draft, now), transition, now);
        var execution = new Execution(failures, effects);
        List<GraphAction> notDone = execution.run(graph);
        List<OperationOutcome> unmet = failures.stream()
                .filter(failure -> execution.steps.stream().noneMatch(step -> concerns(failure, step.action())))
                .toList();
        return new Result(draft.cib(), execution.steps, notDone, unmet);
    }

    private List<GraphAction> run(TransitionGraph graph) {
        var waiting = new Waiting(graph.synapses());
        boolean goOn = true;
        while (goOn) {
            List<Synapse> round = waiting.next();
            boolean failed = false;
            for (Synapse synapse : round) {
                failed |= carryOut(synapse.action());
            }
            goOn = !failed && !round.isEmpty();
        }
        return waiting.left().stream()
                .map(Synapse::action)
                .filter(Execution::isReal)
                .toList();
    }

    private static boolean isReal(GraphAction action) {
        return !(action instanceof GraphAction.PseudoAction);
    }

    /** @return whether it failed */
    private boolean carryOut(GraphAction action) {
        int expected = Effects.expected(action);
        int exitCode = failures.stream()
                .filter(failure -> concerns(failure, action))
                .map(OperationOutcome::exitCode)
                .findFirst()
                .orElse(expected);
        effects.apply(action, exitCode);
        boolean failed = exitCode != expected;
        if (isReal(action)) {
            steps.add(new Step(action, exitCode, failed));
        }
        return failed;
    }

    private static boolean concerns(OperationOutcome failure, GraphAction action) {
        return action instanceof GraphAction.ResourceAction operation
                && failure.operation().equals(operation.operation())
                && failure.node().equals(operation.node())
                && failure.intervalMillis() == Effects.intervalMillis(operation)
                && (failure.resource().equals(operation.resource().instance())
                        || failure.resource().equals(operation.resource().id()));
    }
}
