package org.ringfence.engine.embedded;

import org.jspecify.annotations.Nullable;
import org.ringfence.model.NodeId;

/**
 * What two processes have with each other from the moment they agree that they can talk until one of them gives the other
 * up. It may outlive several connections; nothing is lost in between. It never outlives a process.
 */
final class Association {
    final long id;
    final NodeId peer;
    final long incarnation;
    final Outbox outbox;

    /** When the last frame came, on the monotonic clock; a sign of life like a heartbeat. */
    volatile long lastFrame;

    /** The last message that was taken; written under the inbox's lock. */
    volatile long received;

    /** From where messages are taken; under the inbox's lock. */
    @Nullable
    PeerConnection source;

    /** Whether the peer was reported as reachable; under the inbox's lock. */
    boolean announced;

    /** Under the inbox's lock. */
    boolean ended;

    /**
     * @param id          never 0
     * @param incarnation the peer's
     */
    Association(long id, NodeId peer, long incarnation, Limits limits, long now) {
        this.id = id;
        this.peer = peer;
        this.incarnation = incarnation;
        this.outbox = new Outbox(limits);
        this.lastFrame = now;
    }
}
