package org.ringfence.scheduler.history;

import org.ringfence.model.status.ExecutionStatus;
import org.ringfence.model.status.ExitCode;
import org.ringfence.model.status.OperationRecord;

/**
 * What one recorded operation came to, once what was expected of it is taken into account.
 *
 * @param expected the exit code its asker waited for; -1 when nobody asked
 * @param exitCode with degraded results read as the plain ones
 */
record Outcome(OperationRecord operation, Kind kind, int expected, ExitCode exitCode) {

    /** How it ended. */
    enum Kind {
        /** As wanted, or telling something that is not a failure. */
        DONE,
        /** Still going on. */
        PENDING,
        /** Failed; what is done about it is for the configuration to say. */
        FAILED,
        /** Failed in a way that will not get better on this node. */
        FAILED_HERE,
        /** Failed in a way that will not get better anywhere. */
        FAILED_EVERYWHERE,
        /** Says nothing. */
        NOTHING
    }

    boolean isProbe() {
        return operation.operation().equals("monitor") && operation.interval().isZero();
    }

    boolean isMonitor() {
        return operation.operation().equals("monitor");
    }

    boolean failed() {
        return kind == Kind.FAILED || kind == Kind.FAILED_HERE || kind == Kind.FAILED_EVERYWHERE;
    }

    /** @param leftAlone whether the cluster only watches the resource: then that it does not run is what is so, and no failure */
    static Outcome of(OperationRecord operation, boolean leftAlone) {
        int expected = expected(operation.transitionKey());
        ExitCode code = plain(ExitCode.of(operation.exitCode()));
        boolean probe =
                operation.operation().equals("monitor") && operation.interval().isZero();
        return new Outcome(operation, kind(operation, code, expected, probe, leftAlone), expected, code);
    }

    private static ExitCode plain(ExitCode code) {
        return switch (code) {
            case DEGRADED -> ExitCode.OK;
            case DEGRADED_PROMOTED -> ExitCode.PROMOTED;
            default -> code;
        };
    }

    private static Kind kind(OperationRecord operation, ExitCode code, int expected, boolean probe, boolean leftAlone) {
        return switch (operation.executionStatus()) {
            case PENDING -> Kind.PENDING;
            case CANCELLED -> Kind.NOTHING;
            case TIMEOUT, NOT_CONNECTED, NO_FENCE_DEVICE, NO_SECRETS, INVALID, NOT_SUPPORTED -> Kind.FAILED;
            case NOT_INSTALLED, ERROR_HARD -> Kind.FAILED_HERE;
            case ERROR_FATAL -> Kind.FAILED_EVERYWHERE;
            case DONE, ERROR, UNKNOWN -> byCode(operation, code, expected, probe, leftAlone);
        };
    }

    private static Kind byCode(
            OperationRecord operation, ExitCode code, int expected, boolean probe, boolean leftAlone) {
        boolean asExpected = expected < 0 ? code == ExitCode.OK : code.number() == expected;
        return switch (code) {
            case OK -> probe || expected <= 0 || !operation.operation().equals("monitor") ? Kind.DONE : Kind.FAILED;
            case NOT_RUNNING ->
                probe || asExpected || leftAlone || operation.operation().equals("stop") ? Kind.DONE : Kind.FAILED;
            case PROMOTED -> probe || asExpected ? Kind.DONE : Kind.FAILED;
            case NOT_CONFIGURED -> Kind.FAILED_EVERYWHERE;
            case UNIMPLEMENTED -> operation.interval().isZero() ? Kind.FAILED_HERE : Kind.FAILED;
            case NOT_INSTALLED, INVALID_PARAMETER, INSUFFICIENT_PRIVILEGES -> Kind.FAILED_HERE;
            default -> asExpected ? Kind.DONE : Kind.FAILED;
        };
    }

    /** The third part of {@code ACTION:TRANSITION:EXPECTED:DC}. */
    private static int expected(String key) {
        int first = key.indexOf(':');
        int second = first < 0 ? -1 : key.indexOf(':', first + 1);
        int third = second < 0 ? -1 : key.indexOf(':', second + 1);
        if (third < 0) {
            return second < 0 ? -1 : 0;
        }
        try {
            return Integer.parseInt(key, second + 1, third, 10);
        } catch (NumberFormatException notANumber) {
            return -1;
        }
    }

    boolean statusKnown() {
        return operation.executionStatus() != ExecutionStatus.UNKNOWN;
    }
}
