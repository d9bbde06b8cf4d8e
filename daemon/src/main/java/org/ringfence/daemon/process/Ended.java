package org.ringfence.daemon.process;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * How a program ended.
 *
 * @param how     what ended it
 * @param number  its exit status when it {@link How#EXITED}, the signal's number when it was {@link How#SIGNALLED}; else -1
 * @param output  the end of its standard output
 * @param errors  the end of its standard error
 * @param problem one line: why it could not be started, or what was ended with it; may be empty
 * @param took    until its tree was gone, where it had to be ended
 */
public record Ended(How how, int number, String output, String errors, String problem, Instant started, Duration took) {

    /** What ended it. */
    public enum How {
        EXITED,
        SIGNALLED,
        TIMED_OUT,
        CANCELLED,
        NOT_STARTED
    }

    public boolean succeeded() {
        return how == How.EXITED && number == 0;
    }

    /** The lines of standard error that say something. */
    public List<String> errorLines() {
        return errors.lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
    }
}
