package org.ringfence.demo.cluster;

/** What was waited for did not come to pass; the message says what and how long. */
public final class NotInTimeException extends RuntimeException {
    public NotInTimeException(String message) {
        super(message);
    }
}
