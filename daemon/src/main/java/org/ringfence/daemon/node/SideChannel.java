package org.ringfence.daemon.node;

import org.ringfence.controller.port.Engine;
import org.ringfence.model.NodeId;

/**
 * What daemons tell each other by the engine that decides nothing, and that no machine of the controller sees. Called on the
 * engine's threads; must return soon.
 */
public interface SideChannel {
    /** The peer can be reached from now on, and knows nothing of what was said before. */
    void reachable(NodeId peer);

    /** It cannot be reached any more. */
    void unreachable(NodeId peer, Engine.Silence why);

    /** @return whether the message is one of this channel; otherwise it is the controller's */
    boolean message(NodeId peer, byte[] payload);
}
