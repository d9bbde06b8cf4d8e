package org.ringfence.engine.embedded;

import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.ringfence.model.NodeId;

/**
 * Passes on what connections bring: messages to the inbox, all else to the pulse, to the peer it concerns. Turns away who
 * does not belong to the cluster. Called on the connections' threads.
 */
final class Switchboard implements ClusterServer.Handler {
    /** After so many messages, or one so long, the peer is told at once what was taken, so that it can forget it. */
    private static final int CONFIRM_MESSAGES = 256;

    private static final int CONFIRM_BYTES = 1 << 16;

    private final EngineSettings settings;
    private final Map<NodeId, Peer> peers;
    private final Inbox inbox;
    private final Pulse pulse;
    private final Journal journal;

    /** @param peers complete before the first connection */
    Switchboard(EngineSettings settings, Map<NodeId, Peer> peers, Inbox inbox, Pulse pulse, Journal journal) {
        this.settings = settings;
        this.peers = peers;
        this.inbox = inbox;
        this.pulse = pulse;
        this.journal = journal;
    }

    @Override
    public void greeted(PeerConnection connection, Greeting greeting) throws IOException {
        switch (greeting) {
            case Greeting.Hello hello -> {
                @Nullable String objection = objection(connection, hello);
                if (objection != null) {
                    connection.write(new Greeting.Refusal(objection));
                    throw new IOException(objection);
                }
                Peer peer = peer(new NodeId(hello.from()));
                connection.isWith(peer.node);
                pulse.execute(now -> peer.hello(connection, hello, now));
            }
            case Greeting.Welcome welcome -> {
                Peer peer = dialled(connection);
                pulse.execute(now -> peer.welcome(connection, welcome, now));
            }
            case Greeting.Refusal refusal ->
                throw new IOException(dialled(connection).node + " says: " + refusal.reason());
        }
    }

    /** Why this is not one of our peers; null when it is. */
    private @Nullable String objection(PeerConnection connection, Greeting.Hello hello) {
        if (connection.isDialled()) {
            return "who was called does not say hello";
        }
        if (hello.protocol() != Greeting.PROTOCOL) {
            return "protocol " + hello.protocol() + " is not spoken by " + settings.self() + ", which speaks "
                    + Greeting.PROTOCOL;
        }
        if (!hello.cluster().equals(settings.cluster())) {
            return "cluster '" + hello.cluster() + "' is not the cluster of " + settings.self() + ", '"
                    + settings.cluster() + "'";
        }
        if (!hello.to().equals(settings.self().name())) {
            return "node '" + hello.to() + "' was called, but " + settings.self() + " is here";
        }
        return peers.keySet().stream().anyMatch(node -> node.name().equals(hello.from()))
                ? null
                : "node '" + hello.from() + "' is not configured on " + settings.self();
    }

    private Peer peer(NodeId node) throws IOException {
        Peer peer = peers.get(node);
        if (peer == null) {
            throw new IOException("there is no peer " + node);
        }
        return peer;
    }

    private Peer dialled(PeerConnection connection) throws IOException {
        NodeId node = connection.node();
        if (!connection.isDialled() || node == null) {
            throw new IOException("an answer from somebody who was not called");
        }
        return peer(node);
    }

    @Override
    public void frame(PeerConnection connection, Association association, long sequence, byte @Nullable [] payload)
            throws InterruptedException {
        if (!inbox.take(association, connection, sequence, payload)) {
            return;
        }
        Peer peer = peers.get(association.peer);
        if (peer == null) {
            return;
        }
        if (payload == null) {
            pulse.execute(now -> peer.left(association, now));
        } else if (sequence % CONFIRM_MESSAGES == 0 || payload.length >= CONFIRM_BYTES) {
            pulse.execute(now -> peer.beatSoon());
        }
    }

    @Override
    public void closed(PeerConnection connection) {
        NodeId node = connection.node();
        Peer peer = node == null ? null : peers.get(node);
        if (peer != null) {
            pulse.execute(now -> peer.closed(connection, now));
        } else if (!connection.endedQuietly()) {
            journal.warn("turned away a connection from " + connection.remoteHost() + ": " + connection.reason());
        }
    }
}
