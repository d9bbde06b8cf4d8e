package org.ringfence.cli.offline;

import java.util.Optional;
import org.ringfence.model.graph.GraphAction;
import org.ringfence.scheduler.execution.Execution;

/**
 * A real action of a transition.
 *
 * @param subject the resource; empty for what is done to the node itself
 */
record SimulatedAction(String operation, String subject, String node, Outcome outcome, Optional<Integer> exitCode) {

    /** What became of it. */
    enum Outcome {
        DONE,
        /** It ended with another exit code than the wanted one. */
        FAILED,
        /** Something before it failed, or it waits for itself. */
        NOT_DONE,
        /** It is not part of this run. */
        LATER
    }

    static SimulatedAction of(Execution.Step step) {
        return of(
                step.action(),
                step.failed() ? Outcome.FAILED : Outcome.DONE,
                step.failed() ? Optional.of(step.exitCode()) : Optional.empty());
    }

    static SimulatedAction of(GraphAction action, Outcome outcome) {
        return of(action, outcome, Optional.empty());
    }

    private static SimulatedAction of(GraphAction action, Outcome outcome, Optional<Integer> exitCode) {
        return switch (action) {
            case GraphAction.ResourceAction resource ->
                new SimulatedAction(
                        operation(resource),
                        resource.resource().instance(),
                        resource.node().name(),
                        outcome,
                        exitCode);
            case GraphAction.ClusterAction cluster ->
                new SimulatedAction(
                        operation(cluster),
                        cluster.resource()
                                .map(GraphAction.ResourceName::instance)
                                .orElse(""),
                        cluster.node().name(),
                        outcome,
                        exitCode);
            case GraphAction.PseudoAction pseudo ->
                new SimulatedAction(
                        pseudo.operation(),
                        pseudo.operationKey(),
                        pseudo.node().map(Object::toString).orElse(""),
                        outcome,
                        exitCode);
        };
    }

    private static String operation(GraphAction.ResourceAction action) {
        String interval = action.attributes().getOrDefault("CRM_meta_interval", "0");
        String monitored = action.attributes().getOrDefault("CRM_meta_operation", "monitor");
        if (action.operation().equals("cancel")) {
            return "end " + monitored + " every " + interval + " ms";
        }
        if (action.operation().equals("monitor") && interval.equals("0")) {
            return "probe";
        }
        return interval.equals("0") ? action.operation() : action.operation() + " every " + interval + " ms";
    }

    private static String operation(GraphAction.ClusterAction action) {
        return switch (action.operation()) {
            case "stonith" -> {
                String how = action.attributes().getOrDefault("CRM_meta_stonith_action", "reboot");
                yield how.equals("on") ? "unfence" : "fence (" + how + ")";
            }
            case "do_shutdown" -> "shut down";
            case "clear_failcount" -> "forget failures";
            default -> action.operation();
        };
    }

    boolean isFencing() {
        return operation.startsWith("fence");
    }
}
