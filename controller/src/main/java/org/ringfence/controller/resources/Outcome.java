package org.ringfence.controller.resources;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Optional;
import org.ringfence.controller.port.ResourceAgents;
import org.ringfence.controller.resources.LocalResource.Pending;
import org.ringfence.controller.resources.LocalResource.Running;
import org.ringfence.model.NodeId;
import org.ringfence.model.status.ExecutionStatus;
import org.ringfence.model.status.ExitCode;
import org.ringfence.model.status.OperationRecord;

/** Turns the result of an agent into a record of the history, with the ids that a CIB's status has. */
final class Outcome {
    private Outcome() {}

    /** The record of an operation that is under way. */
    static OperationRecord pending(String resource, Running running) {
        return record(
                resource,
                lastOf(resource, running.pending()),
                running.pending(),
                running.callId(),
                ExitCode.UNKNOWN.number(),
                ExecutionStatus.PENDING,
                Instant.EPOCH,
                Duration.ZERO,
                "");
    }

    /** The record of an operation that has ended. */
    static OperationRecord ended(String resource, Running running, ResourceAgents.Result result) {
        int exitCode = switch (result.status()) {
            case DONE -> result.exitCode();
            case NOT_INSTALLED -> ExitCode.NOT_INSTALLED.number();
            case TIMEOUT, CANCELLED, ERROR, ERROR_HARD, ERROR_FATAL, INVALID, NOT_SUPPORTED ->
                Math.max(1, result.exitCode());
            case UNKNOWN, PENDING, NOT_CONNECTED, NO_FENCE_DEVICE, NO_SECRETS -> ExitCode.ERROR.number();
        };
        OperationRecord record = record(
                resource,
                lastOf(resource, running.pending()),
                running.pending(),
                running.callId(),
                exitCode,
                result.status(),
                result.started().plus(result.took()),
                result.took(),
                result.reason());
        // What was found absent, or has been ended, runs with no parameters that could have been changed meanwhile.
        return record.foundNotRunning() || record.operation().equals("stop")
                ? record
                : record.withDigests(result.digests());
    }

    /** Whether the operation ended as whoever asked for it expects. */
    static boolean failed(OperationRecord record, Pending pending) {
        return record.executionStatus() != ExecutionStatus.DONE || record.exitCode() != pending.expected();
    }

    /**
     * The same record under the id that keeps the last failure apart. Without digests: a failure stays until it is forgotten on request, also
     * when parameters have changed.
     */
    static OperationRecord asLastFailure(String resource, OperationRecord record) {
        return record.withId(resource + "_last_failure_0").withDigests(new LinkedHashMap<>());
    }

    /** The same outcome, first seen when the former one was: a monitor that says the same again. */
    static OperationRecord since(OperationRecord record, Instant change) {
        return new OperationRecord(
                record.id(),
                record.operationKey(),
                record.operation(),
                record.interval(),
                record.callId(),
                record.exitCode(),
                record.executionStatus(),
                change,
                record.executionTime(),
                record.transitionKey(),
                record.exitReason(),
                record.migrateSource(),
                record.migrateTarget(),
                record.digests(),
                record.other());
    }

    private static String lastOf(String resource, Pending pending) {
        return pending.interval().isZero()
                ? resource + "_last_0"
                : pending.action().operationKey();
    }

    private static OperationRecord record(
            String resource,
            String id,
            Pending pending,
            int callId,
            int exitCode,
            ExecutionStatus status,
            Instant change,
            Duration took,
            String reason) {
        var attributes = pending.action().attributes();
        return new OperationRecord(
                id,
                resource + "_" + pending.action().operation() + "_"
                        + pending.interval().toMillis(),
                pending.action().operation(),
                pending.interval(),
                callId,
                exitCode,
                status,
                change,
                took,
                pending.transitionKey(),
                reason,
                Optional.ofNullable(attributes.get("CRM_meta_migrate_source")).map(NodeId::new),
                Optional.ofNullable(attributes.get("CRM_meta_migrate_target")).map(NodeId::new),
                new LinkedHashMap<>(),
                new LinkedHashMap<>());
    }
}
