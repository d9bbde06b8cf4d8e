package org.ringfence.network.balance.dialogue;

import java.io.IOException;

/** The server answered, and not as one that works. The message is for people. */
final class FailedCheckException extends IOException {
    private static final long serialVersionUID = 1;

    FailedCheckException(String why) {
        super(why);
    }
}
