package org.ringfence.simulator.plain;

import java.util.Optional;
import org.ringfence.model.status.ExecutionStatus;
import org.ringfence.model.status.ExitCode;
import org.ringfence.model.status.OperationRecord;
import org.ringfence.model.status.ResourceHistory;

/**
 * What a history says of a resource on a node.
 *
 * @param state       what it does there
 * @param isMonitored whether a repeated monitor looks at it
 */
record Belief(State state, boolean isMonitored) {
    enum State {
        /** Nobody has looked. */
        UNKNOWN,
        /** An operation is under way. */
        BUSY,
        STOPPED,
        RUNS,
        /** Something failed: it may be half there, and a stop makes it whole. */
        FAILED,
        /** It could not be stopped: only fencing helps. */
        STUCK
    }

    static Belief of(Optional<ResourceHistory> history) {
        Optional<OperationRecord> last = Optional.empty();
        boolean monitored = false;
        boolean busy = false;
        for (OperationRecord record : history.map(ResourceHistory::operations).orElse(java.util.List.of())) {
            monitored |= !record.interval().isZero() && !record.id().endsWith("_last_failure_0");
            busy |= record.executionStatus() == ExecutionStatus.PENDING;
            boolean cancelled = record.executionStatus() == ExecutionStatus.CANCELLED;
            if (!cancelled && (last.isEmpty() || record.callId() >= last.get().callId())) {
                last = Optional.of(record);
            }
        }
        if (busy) {
            return new Belief(State.BUSY, monitored);
        }
        return new Belief(last.map(Belief::meaning).orElse(State.UNKNOWN), monitored);
    }

    private static State meaning(OperationRecord record) {
        boolean done = record.executionStatus() == ExecutionStatus.DONE;
        boolean ok = done && record.exitCode() == ExitCode.OK.number();
        boolean absent = done && record.exitCode() == ExitCode.NOT_RUNNING.number();
        return switch (record.operation()) {
            case "start" -> ok ? State.RUNS : State.FAILED;
            case "stop" -> ok ? State.STOPPED : State.STUCK;
            case "monitor" -> {
                boolean probe = record.interval().isZero();
                yield ok ? State.RUNS : absent && probe ? State.STOPPED : State.FAILED;
            }
            default -> State.FAILED;
        };
    }
}
