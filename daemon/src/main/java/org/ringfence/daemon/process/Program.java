package org.ringfence.daemon.process;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * A program to run once.
 *
 * @param command     the absolute path of an executable, then its arguments
 * @param environment the whole of it; nothing is inherited
 * @param input       for its standard input, which is {@code /dev/null} when this is empty; at most {@link #INPUT_BYTES} of UTF-8.
 *                    It may hold secrets: it is never logged
 * @param timeout     positive; then the whole tree is ended
 * @param grace       how long the tree has between SIGTERM and SIGKILL; zero kills at once
 * @param outputBytes how much of the end of standard output, and of standard error, is kept
 * @param group       the control group to run in, made for this run alone
 */
public record Program(
        List<String> command,
        SequencedMap<String, String> environment,
        String input,
        Duration timeout,
        Duration grace,
        int outputBytes,
        Optional<ControlGroup> group) {

    /** What fits into a pipe without anyone reading it, so that giving input never waits. */
    public static final int INPUT_BYTES = 48 * 1024;

    public Program {
        command = List.copyOf(command);
        environment = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(environment));
        if (!command.getFirst().startsWith("/")) {
            throw new IllegalArgumentException("not an absolute path: " + command.getFirst());
        }
        if (timeout.isNegative() || timeout.isZero() || grace.isNegative()) {
            throw new IllegalArgumentException("timeout " + timeout + ", grace " + grace);
        }
    }

    @Override
    public String toString() {
        return String.join(" ", command);
    }
}
