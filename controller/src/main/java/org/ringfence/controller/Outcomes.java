package org.ringfence.controller;

import java.util.Comparator;
import org.ringfence.model.graph.GraphAction.ResourceAction;
import org.ringfence.model.status.ExecutionStatus;
import org.ringfence.model.status.ExitCode;
import org.ringfence.model.status.OperationRecord;
import org.ringfence.model.status.ResourceHistory;

/** What a record of an operation means. */
public final class Outcomes {
    private Outcomes() {}

    /** The exit code that whoever asked for the operation expects, from its transition key; 0 when nobody asked. */
    public static int expected(OperationRecord operation) {
        String[] parts = operation.transitionKey().split(":", 4);
        try {
            return parts.length == 4 ? Integer.parseInt(parts[2]) : ExitCode.OK.number();
        } catch (NumberFormatException notANumber) {
            return ExitCode.OK.number();
        }
    }

    /** Whether it ended otherwise than expected. What an agent makes of a notification holds nothing up. */
    public static boolean failed(OperationRecord operation) {
        if (operation.operation().equals("notify")) {
            return false;
        }
        return operation.executionStatus() != ExecutionStatus.DONE || operation.exitCode() != expected(operation);
    }

    /** Monitors are too many to be told of each. */
    public static boolean isRoutine(ResourceAction action) {
        return action.operation().equals("monitor") || action.operation().equals("cancel");
    }

    /**
     * Whether the resource may be active by what is known of it: unless what was done or seen last says that it is not. The
     * records are those of one node; calls are numbered in the order in which they were begun.
     */
    public static boolean mayBeActive(ResourceHistory history) {
        return history.operations().stream()
                .filter(operation -> !operation.id().endsWith("_last_failure_0"))
                .max(Comparator.comparingInt(OperationRecord::callId))
                .filter(last -> !saysInactive(last))
                .isPresent();
    }

    private static boolean saysInactive(OperationRecord last) {
        if (last.executionStatus() == ExecutionStatus.NOT_INSTALLED) {
            return true;
        }
        return last.executionStatus() == ExecutionStatus.DONE
                && switch (last.operation()) {
                    case "stop", "migrate_to" -> last.exitCode() == ExitCode.OK.number();
                    case "monitor" ->
                        last.exitCode() == ExitCode.NOT_RUNNING.number()
                                || last.exitCode() == ExitCode.NOT_INSTALLED.number();
                    default -> false;
                };
    }

    /** A single monitor that finds out whether a resource runs; what it finds is no failure. */
    public static boolean isProbe(OperationRecord operation) {
        return operation.operation().equals("monitor") && operation.interval().isZero();
    }
}
