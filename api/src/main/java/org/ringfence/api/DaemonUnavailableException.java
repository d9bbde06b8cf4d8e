package org.ringfence.api;

/** No answer could be had from the node's daemon; the message is one line for an operator and says what to do. */
public final class DaemonUnavailableException extends Exception {
    public DaemonUnavailableException(String message) {
        super(message);
    }

    public DaemonUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
