package org.ringfence.model.status;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.SequencedMap;
import org.ringfence.model.NodeId;
import org.ringfence.model.xml.Attributes;

/**
 * The last known outcome of one operation of a resource on a node: {@code lrm_rsc_op}.
 *
 * @param id            {@code RESOURCE_OPERATION_INTERVALms}, {@code RESOURCE_last_0} or {@code RESOURCE_last_failure_0}
 * @param operationKey  {@code RESOURCE_OPERATION_INTERVALms}, always naming the operation
 * @param interval      zero for an operation that is not repeated
 * @param callId        orders the operations of one node's life; -1 while pending
 * @param lastChange    when the result last became different; EPOCH when unknown
 * @param transitionKey {@code ACTION:TRANSITION:EXPECTED-RC:DC-ID}; empty when nobody asked for the operation
 * @param digests       {@code op-digest}, {@code op-restart-digest}, {@code op-force-restart}, {@code op-secure-digest},
 *                      {@code op-secure-params} as written; absent ones are absent
 * @param other         attributes that are neither of these, kept as written
 */
public record OperationRecord(
        String id,
        String operationKey,
        String operation,
        Duration interval,
        int callId,
        int exitCode,
        ExecutionStatus executionStatus,
        Instant lastChange,
        Duration executionTime,
        String transitionKey,
        String exitReason,
        Optional<NodeId> migrateSource,
        Optional<NodeId> migrateTarget,
        SequencedMap<String, String> digests,
        SequencedMap<String, String> other) {

    public OperationRecord {
        digests = Attributes.copyOf(digests);
        other = Attributes.copyOf(other);
    }

    /** The same operation under another identifier. */
    public OperationRecord withId(String other) {
        return with(other, digests);
    }

    /** The same operation, as if it had been carried out with other parameters. */
    public OperationRecord withDigests(SequencedMap<String, String> others) {
        return with(id, others);
    }

    private OperationRecord with(String newId, SequencedMap<String, String> newDigests) {
        return new OperationRecord(
                newId,
                operationKey,
                operation,
                interval,
                callId,
                exitCode,
                executionStatus,
                lastChange,
                executionTime,
                transitionKey,
                exitReason,
                migrateSource,
                migrateTarget,
                newDigests,
                other);
    }

    /** Whether it is a probe that ended and told that the resource does not run. */
    public boolean foundNotRunning() {
        return operation.equals("monitor")
                && interval.isZero()
                && callId >= 0
                && exitCode == ExitCode.NOT_RUNNING.number()
                && executionStatus == ExecutionStatus.DONE
                && !id.endsWith("_last_failure_0");
    }
}
