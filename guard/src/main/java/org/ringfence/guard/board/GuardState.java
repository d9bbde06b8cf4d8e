package org.ringfence.guard.board;

/** What a guard is at, and the number that stands for it on the board. */
public enum GuardState {
    /** There has been no guard since the boot. */
    NONE(0),
    /** It opens disks or waits, and the watchdog is not armed yet. */
    STARTING(1),
    /** The watchdog is armed and fed. */
    FEEDING(2),
    /** The watchdog is armed and starves. */
    STARVING(3),
    /** It was told to reset the host, and does. */
    ACTING(4),
    /** It has ended in order; the watchdog is disarmed. */
    ENDED(5);

    private final long number;

    GuardState(long number) {
        this.number = number;
    }

    long number() {
        return number;
    }

    /** A number that is none's is taken for {@link #NONE}: it was written by a guard of another release. */
    static GuardState of(long number) {
        for (GuardState state : values()) {
            if (state.number == number) {
                return state;
            }
        }
        return NONE;
    }
}
