package org.ringfence.model.status;

/**
 * How an agent's operation ended, by the numbers of the OCF resource agent API 1.1 (section "Exit status codes") and
 * Pacemaker's additions above 190.
 */
public enum ExitCode {
    OK(0),
    ERROR(1),
    INVALID_PARAMETER(2),
    UNIMPLEMENTED(3),
    INSUFFICIENT_PRIVILEGES(4),
    NOT_INSTALLED(5),
    NOT_CONFIGURED(6),
    NOT_RUNNING(7),
    PROMOTED(8),
    FAILED_PROMOTED(9),
    DEGRADED(190),
    DEGRADED_PROMOTED(191),
    UNKNOWN(193);

    private final int number;

    ExitCode(int number) {
        this.number = number;
    }

    public int number() {
        return number;
    }

    /** The code with this number; {@link #ERROR} for numbers the standard does not know, as agents' callers treat them. */
    public static ExitCode of(int number) {
        for (ExitCode code : values()) {
            if (code.number == number) {
                return code;
            }
        }
        return ERROR;
    }
}
