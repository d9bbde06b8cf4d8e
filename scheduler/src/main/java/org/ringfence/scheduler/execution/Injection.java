package org.ringfence.scheduler.execution;

import java.time.Instant;
import java.util.List;
import org.ringfence.model.NodeId;
import org.ringfence.model.cib.Cib;
import org.ringfence.model.problem.UnusableInputException;

/** Something that is put into a status as if it had happened. */
public sealed interface Injection {
    /** A node becomes a member; what it remembers of its resources stays. */
    record NodeUp(NodeId node) implements Injection {}

    /** A node leaves in order: nothing runs there any more. */
    record NodeDown(NodeId node) implements Injection {}

    /** A node is not heard any more, and may still hold what it held. */
    record NodeFail(NodeId node) implements Injection {}

    /** The partition has quorum, or has lost it. */
    record Quorum(boolean held) implements Injection {}

    /** A ticket is granted to this site, or taken from it. */
    record Ticket(String ticket, boolean granted) implements Injection {}

    /** An operation has ended so. */
    record Ended(OperationOutcome outcome) implements Injection {}

    /**
     * The CIB after all of them have happened, in their order.
     *
     * @param now when they happen
     * @throws UnusableInputException when one names what does not exist
     */
    static Cib applyAll(List<Injection> injections, Cib cib, Instant now) throws UnusableInputException {
        Cib changed = cib;
        for (Injection injection : injections) {
            changed = Injector.into(changed, now).apply(injection);
        }
        return changed;
    }
}
