package org.ringfence.daemon.helpers;

/**
 * What a helper ends with.
 *
 * @param status its exit status
 * @param out    for standard output, line ends included
 * @param err    for standard error
 */
public record Said(int status, String out, String err) {
    /** Pacemaker's {@code CRM_EX_ERROR}. */
    public static final int ERROR = 1;
    /** {@code CRM_EX_UNIMPLEMENT_FEATURE}. */
    public static final int NOT_OFFERED = 3;
    /** {@code CRM_EX_USAGE}. */
    public static final int USAGE = 64;
    /** {@code CRM_EX_DISCONNECT}. */
    public static final int NO_CLUSTER = 102;
    /** {@code CRM_EX_NOSUCH}. */
    public static final int NO_SUCH = 105;

    public static final Said NOTHING = new Said(0, "", "");

    public static Said line(String out) {
        return new Said(0, out + "\n", "");
    }

    public static Said failed(int status, String err) {
        return new Said(status, "", err + "\n");
    }
}
