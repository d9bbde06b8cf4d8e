package org.ringfence.api;

/** What a command's exit status says. Scripts rely on these numbers. */
public enum ExitStatus {
    /** What was asked for is done, or was shown. */
    DONE(0),
    /** It was not done although it could have been asked for: it failed, or it did not happen in time. */
    NOT_DONE(1),
    /** What was given cannot be used; nothing was changed. */
    UNUSABLE_INPUT(2),
    /** It would have been unsafe; nothing was changed. */
    REFUSED_AS_UNSAFE(3);

    private final int number;

    ExitStatus(int number) {
        this.number = number;
    }

    public int number() {
        return number;
    }
}
