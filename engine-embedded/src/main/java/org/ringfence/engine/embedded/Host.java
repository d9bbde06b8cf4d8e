package org.ringfence.engine.embedded;

import java.net.InetAddress;

/**
 * What an engine lets its host do, which knows more of the kernel than the JDK does. Called on the pulse's thread, the one that sends
 * heartbeats and watches the peers: nothing here may wait.
 */
public interface Host {
    /** The thread begins: the place to raise its scheduling class. */
    default void pulseBegins() {}

    /** A peer's host is about to be probed, since nothing was heard of the peer. Again before each probe. */
    default void probing(InetAddress peer) {}
}
