package org.ringfence.simulator.judge;

/** An invariant does not hold: the simulation ends here. */
public final class ViolationException extends RuntimeException {
    private final String invariant;

    /** @param invariant the name of the class that checks it */
    public ViolationException(String invariant, String what) {
        super(what);
        this.invariant = invariant;
    }

    public String invariant() {
        return invariant;
    }
}
