package org.ringfence.daemon.helpers;

/** A command line that a helper cannot read; the message is one line for its caller. */
final class UsageException extends Exception {
    private static final long serialVersionUID = 1;

    UsageException(String message) {
        super(message);
    }
}
