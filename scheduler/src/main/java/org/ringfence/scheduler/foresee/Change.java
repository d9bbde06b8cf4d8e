package org.ringfence.scheduler.foresee;

import java.time.Instant;
import org.ringfence.model.cib.Cib;
import org.ringfence.model.problem.UnusableInputException;

/**
 * One thing that somebody could do, small enough to be said in a clause.
 *
 * @param text    what is done, as a request: {@code take n2 out of standby}
 * @param command how; empty when it is not done by a command
 * @param edit    what it makes of a CIB
 */
public record Change(Weight weight, String text, String command, Edit edit) {

    /** How much a change asks of whoever makes it, least first. */
    public enum Weight {
        /** Failures are forgotten. */
        FORGET,
        /** A node is let in, or brought back. */
        NODE,
        /** What the resource is asked to be. */
        RESOURCE,
        /** A ticket, or enough nodes. */
        PERMISSION,
        /** An option of the cluster. */
        OPTION,
        /** A constraint goes or comes. */
        CONSTRAINT,
        /** A device is bought and configured. */
        DEVICE
    }

    /** A change of a CIB. */
    @FunctionalInterface
    public interface Edit {
        /** @throws UnusableInputException when what it is about is not there */
        Cib apply(Cib cib, Instant now) throws UnusableInputException;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Change that && text.equals(that.text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    @Override
    public String toString() {
        return text;
    }
}
