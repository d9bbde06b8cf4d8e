package org.ringfence.controller.port;

import org.ringfence.model.NodeId;

/**
 * Carries messages between nodes and says which of them it can reach. It promises little: a message arrives at most once
 * and in its sender's order, or not at all. It knows nothing of views; the membership machine makes those from this.
 *
 * <p>Calls to the listener come one at a time, from threads of the engine's own, and must return soon.
 */
public interface Engine extends AutoCloseable {

    /**
     * Begins to look for peers and to deliver.
     *
     * @throws EngineException when the engine cannot work at all: the port is in use, the key store unreadable
     */
    void start(Listener listener) throws EngineException;

    /**
     * Sends without waiting. A message to a peer that is not reachable is dropped; so is one beyond the bound of what may
     * be queued for a peer, and that peer is then reported as unreachable.
     */
    void send(NodeId to, byte[] payload);

    /**
     * Stops. With {@code leaving} peers are told, so that they report {@link Silence#LEFT} rather than a failure.
     */
    void close(boolean leaving);

    @Override
    default void close() {
        close(true);
    }

    /** What the engine reports. */
    interface Listener {
        /** {@code peer} can be reached from now on. */
        void reachable(NodeId peer);

        /** {@code peer} cannot be reached any more, and why the engine thinks so. */
        void unreachable(NodeId peer, Silence why);

        /** {@code peer} is late but there: its host answers although its daemon does not. Nothing is to be done yet. */
        void slow(NodeId peer, boolean slow);

        /** A message of {@code peer}, which is reachable. */
        void message(NodeId peer, byte[] payload);
    }

    /** Why a peer is not reachable. */
    enum Silence {
        /** It said that it leaves. */
        LEFT,
        /** Neither its daemon nor its host answers. */
        GONE,
        /** Its host answers, its daemon's process has ended. */
        DAEMON_ENDED,
        /** Its host answers, its daemon has not done so for longer than being slow explains. */
        DAEMON_HUNG
    }

    /** The engine cannot work; the message is one line for an operator. */
    final class EngineException extends Exception {
        public EngineException(String message) {
            super(message);
        }

        public EngineException(String message, Throwable cause) {
            super(message, cause);
        }
    }
}
