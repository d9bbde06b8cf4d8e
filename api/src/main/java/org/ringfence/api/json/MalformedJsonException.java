package org.ringfence.api.json;

/** A text is not JSON, or not that of the record asked for; the message is one line and names the field. */
public final class MalformedJsonException extends Exception {
    public MalformedJsonException(String message) {
        super(message);
    }

    public MalformedJsonException(String message, Throwable cause) {
        super(message, cause);
    }
}
