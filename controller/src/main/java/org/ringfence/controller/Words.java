package org.ringfence.controller;

import org.ringfence.controller.port.Engine;
import org.ringfence.model.status.ExecutionStatus;
import org.ringfence.model.status.ExitCode;
import org.ringfence.model.status.OperationRecord;

/** How the timeline puts things. */
public final class Words {
    private Words() {}

    static String silence(Engine.Silence why) {
        return switch (why) {
            case LEFT -> "it left";
            case GONE -> "neither its daemon nor its host answers";
            case DAEMON_ENDED -> "its daemon has ended, its host still answers";
            case DAEMON_HUNG -> "its daemon does not answer any more, its host does";
        };
    }

    /** How an operation ended, with the agent's reason where it gave one. */
    public static String outcome(OperationRecord operation) {
        String what = operation.executionStatus() == ExecutionStatus.DONE
                ? ExitCode.of(operation.exitCode())
                        .name()
                        .toLowerCase(java.util.Locale.ROOT)
                        .replace('_', ' ')
                : operation
                        .executionStatus()
                        .name()
                        .toLowerCase(java.util.Locale.ROOT)
                        .replace('_', ' ');
        return operation.exitReason().isEmpty() ? what : what + " (" + operation.exitReason() + ")";
    }
}
