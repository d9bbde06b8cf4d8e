package org.ringfence.daemon.status;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.ringfence.api.status.Role;
import org.ringfence.model.status.ExecutionStatus;
import org.ringfence.model.status.ExitCode;
import org.ringfence.model.status.OperationRecord;
import org.ringfence.model.status.ResourceHistory;

/**
 * What a resource is on a node, as its history there tells.
 *
 * @param role    the last that an operation has shown
 * @param failure the last operation when it failed: one line
 * @param pending the operation under way; empty when none is
 */
public record Activity(Role role, Optional<String> failure, String pending) {

    public static Activity of(ResourceHistory history) {
        List<OperationRecord> inOrder = history.operations().stream()
                .sorted(Comparator.comparingInt(OperationRecord::callId))
                .toList();
        Role role = Role.STOPPED;
        Optional<String> failure = Optional.empty();
        String pending = "";
        for (OperationRecord operation : inOrder) {
            if (operation.executionStatus() == ExecutionStatus.PENDING) {
                pending = operation.operation();
            } else if (operation.executionStatus() == ExecutionStatus.DONE) {
                Role shown = shown(operation, role);
                failure = failed(operation) ? Optional.of(line(operation)) : Optional.empty();
                role = shown;
            } else {
                failure = Optional.of(line(operation));
            }
        }
        return new Activity(role, failure, pending);
    }

    private static boolean failed(OperationRecord operation) {
        ExitCode code = ExitCode.of(operation.exitCode());
        boolean watches = operation.operation().equals("monitor");
        boolean stopped = code == ExitCode.NOT_RUNNING && operation.interval().isZero();
        return switch (code) {
            case OK, PROMOTED, DEGRADED, DEGRADED_PROMOTED -> false;
            case NOT_RUNNING -> !(watches && stopped);
            case ERROR,
                    INVALID_PARAMETER,
                    UNIMPLEMENTED,
                    INSUFFICIENT_PRIVILEGES,
                    NOT_INSTALLED,
                    NOT_CONFIGURED,
                    FAILED_PROMOTED,
                    UNKNOWN -> true;
        };
    }

    private static Role shown(OperationRecord operation, Role before) {
        ExitCode code = ExitCode.of(operation.exitCode());
        if (operation.operation().equals("monitor")) {
            return switch (code) {
                case OK, DEGRADED -> before == Role.UNPROMOTED ? before : Role.STARTED;
                case PROMOTED, FAILED_PROMOTED, DEGRADED_PROMOTED -> Role.PROMOTED;
                case NOT_RUNNING, NOT_INSTALLED -> Role.STOPPED;
                case ERROR, INVALID_PARAMETER, UNIMPLEMENTED, INSUFFICIENT_PRIVILEGES, NOT_CONFIGURED, UNKNOWN ->
                    before;
            };
        }
        if (code != ExitCode.OK) {
            return before;
        }
        return switch (operation.operation()) {
            case "start", "migrate_from" -> Role.STARTED;
            case "stop", "migrate_to" -> Role.STOPPED;
            case "promote" -> Role.PROMOTED;
            case "demote" -> Role.UNPROMOTED;
            default -> before;
        };
    }

    private static String line(OperationRecord operation) {
        return operation.operation() + ": " + org.ringfence.controller.Words.outcome(operation);
    }
}
