package org.ringfence.model.problem;

/** Input that cannot be used at all; the command that was given it ends with status 2 and changes nothing. */
public final class UnusableInputException extends Exception {
    private final Problem problem;

    public UnusableInputException(Problem problem) {
        super(problem.toString());
        this.problem = problem;
    }

    public Problem problem() {
        return problem;
    }
}
