package org.ringfence.model.sbd;

/** What was read is not what it should be; the message says what is wrong, one clause about the device. */
public final class NotSbdException extends Exception {
    private static final long serialVersionUID = 1;

    public NotSbdException(String message) {
        super(message);
    }
}
