package org.ringfence.daemon.agents;

import org.ringfence.daemon.process.Ended;
import org.ringfence.model.status.ExecutionStatus;
import org.ringfence.model.status.ExitCode;

/** How an operation ended, before it is known how long it took. */
record Outcome(ExecutionStatus status, int exitCode, String reason, String output) {
    /** Shells end with these when a program cannot be executed or is not there. */
    private static final int NOT_EXECUTABLE = 126;

    private static final int NOT_FOUND = 127;

    static Outcome done(ExitCode code, String reason, String output) {
        return new Outcome(ExecutionStatus.DONE, code.number(), reason, output);
    }

    static Outcome notInstalled(String reason) {
        return new Outcome(ExecutionStatus.NOT_INSTALLED, ExitCode.NOT_INSTALLED.number(), reason, "");
    }

    static Outcome failed(String reason, String output) {
        return new Outcome(ExecutionStatus.ERROR, ExitCode.ERROR.number(), reason, output);
    }

    static Outcome timedOut(String reason, String output) {
        return new Outcome(ExecutionStatus.TIMEOUT, ExitCode.ERROR.number(), reason, output);
    }

    static Outcome cancelled(String reason) {
        return new Outcome(ExecutionStatus.CANCELLED, ExitCode.UNKNOWN.number(), reason, "");
    }

    /** What is to be made of a program that did not come to an exit status of its own; {@code reason} where it gave one. */
    static Outcome of(Ended ended, String reason) {
        String output = output(ended);
        return switch (ended.how()) {
            case EXITED -> new Outcome(ExecutionStatus.DONE, ended.number(), exitReason(ended, reason), output);
            case SIGNALLED -> failed(prefer(reason, "ended by signal " + ended.number()), output);
            case TIMED_OUT -> timedOut(prefer(reason, "no end in time") + with(ended.problem()), output);
            case CANCELLED -> cancelled("cancelled" + with(ended.problem()));
            case NOT_STARTED -> failed("cannot be started: " + ended.problem(), output);
        };
    }

    private static String exitReason(Ended ended, String reason) {
        boolean shellGaveUp = ended.number() == NOT_EXECUTABLE || ended.number() == NOT_FOUND;
        return shellGaveUp ? prefer(reason, "the agent, or a command in it, could not be executed") : reason;
    }

    private static String prefer(String reason, String otherwise) {
        return reason.isEmpty() ? otherwise : reason;
    }

    private static String with(String problem) {
        return problem.isEmpty() ? "" : "; " + problem;
    }

    private static String output(Ended ended) {
        if (ended.output().isEmpty() || ended.errors().isEmpty()) {
            return ended.output() + ended.errors();
        }
        return ended.output() + (ended.output().endsWith("\n") ? "" : "\n") + ended.errors();
    }
}
