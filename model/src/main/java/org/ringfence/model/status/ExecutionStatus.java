package org.ringfence.model.status;

/** Whether an operation could be carried out at all; the numbers of {@code op-status} in a CIB's status. */
public enum ExecutionStatus {
    UNKNOWN(-2),
    PENDING(-1),
    DONE(0),
    CANCELLED(1),
    TIMEOUT(2),
    NOT_SUPPORTED(3),
    ERROR(4),
    ERROR_HARD(5),
    ERROR_FATAL(6),
    NOT_INSTALLED(7),
    NOT_CONNECTED(8),
    INVALID(9),
    NO_FENCE_DEVICE(10),
    NO_SECRETS(11);

    private final int number;

    ExecutionStatus(int number) {
        this.number = number;
    }

    public int number() {
        return number;
    }

    public static ExecutionStatus of(int number) {
        for (ExecutionStatus status : values()) {
            if (status.number == number) {
                return status;
            }
        }
        return UNKNOWN;
    }
}
