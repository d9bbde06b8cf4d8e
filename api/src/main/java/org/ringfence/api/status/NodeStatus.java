package org.ringfence.api.status;

import java.time.Instant;
import java.util.Optional;
import org.ringfence.model.NodeId;

/**
 * A node.
 *
 * @param since  when it came into this state; empty when it is not known
 * @param reason why it is in it; may be empty
 */
public record NodeStatus(
        NodeId node, State state, boolean standby, boolean maintenance, Optional<Instant> since, String reason) {

    /** How a node is to its cluster. */
    public enum State {
        /** A member of the view. */
        ONLINE,
        /** A member whose daemon is late although its host answers. */
        SLOW,
        /** It can be reached and is not yet a member that resources may run on. */
        JOINING,
        /** It left, or was fenced: nothing runs on it. */
        OFFLINE,
        /** It is not known to be off: what it held stays where it is until it is fenced. */
        UNCLEAN,
        /** Unclean, and its fencing has been asked for. */
        FENCING,
        /** A state that this reader does not know. */
        OTHER
    }
}
