package org.ringfence.daemon.codec;

/** Bytes are no message, or a message is too long; one line that says why. */
public final class CodecException extends Exception {
    private static final long serialVersionUID = 1;

    public CodecException(String message) {
        super(message);
    }

    public CodecException(String message, Throwable cause) {
        super(message, cause);
    }
}
