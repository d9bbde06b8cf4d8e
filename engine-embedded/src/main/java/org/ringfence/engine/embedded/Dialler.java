package org.ringfence.engine.embedded;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.ringfence.model.NodeId;

/**
 * The way to one peer: looks its name up, and dials it if that is ours to do. Looking up and dialling wait for the
 * network, so they run on virtual threads, one of each at a time; the rest belongs to the pulse's thread.
 */
final class Dialler {
    /** Nothing is heard of the peer; dialling all the same tells a blocked heartbeat from an absent node. */
    private static final long UNHEARD = TimeUnit.SECONDS.toNanos(1);

    private static final long UNREACHED = TimeUnit.MILLISECONDS.toNanos(250);
    private static final long REFUSED = TimeUnit.SECONDS.toNanos(2);
    private static final long RESOLVE_AGAIN = TimeUnit.SECONDS.toNanos(10);
    private static final long RESOLVE_FAILED = TimeUnit.SECONDS.toNanos(1);

    private final NodeId node;
    private final Endpoint endpoint;
    private final Surroundings around;
    private final boolean ours;
    private @Nullable InetSocketAddress address;
    private boolean resolving;
    private long resolveAt;
    private @Nullable PeerConnection dialling;
    private long dialBegan;
    private long notBefore;
    private long dialAt;

    /** @param ours whether it is this node that dials the other */
    Dialler(NodeId node, Endpoint endpoint, boolean ours, Surroundings around, long now) {
        this.node = node;
        this.endpoint = endpoint;
        this.ours = ours;
        this.around = around;
        this.resolveAt = now;
        this.notBefore = now;
        this.dialAt = now;
    }

    /** Where the peer is; null until its name was found. */
    @Nullable
    InetSocketAddress address() {
        return address;
    }

    /** To be called often; dials when it is time and {@code wanted}, that is, while there is no connection. */
    void look(long now, boolean wanted, Supplier<Greeting.Hello> hello) {
        if (!resolving && now - resolveAt >= 0 && (wanted || address == null)) {
            resolving = true;
            Thread.ofVirtual().name("resolve " + node).start(this::resolve);
        }
        InetSocketAddress to = address;
        if (wanted && ours && to != null && dialling == null && now - dialAt >= 0 && now - notBefore >= 0) {
            dial(to, hello.get(), now);
        }
    }

    /** The peer was heard, so it can be dialled. */
    void peerIsThere(long now) {
        if (now - dialAt < 0) {
            dialAt = now;
        }
        if (dialling != null && !dialling.wasReached() && now - dialBegan > UNREACHED) {
            // The kernel would try again only after a second; the network may have healed just now.
            PeerConnection inVain = dialling;
            dialling = null;
            inVain.closeSoon("the peer was heard meanwhile");
        }
    }

    /** Whether {@code connection} is the one being dialled; if so it is done with dialling. */
    boolean answered(PeerConnection connection) {
        if (connection != dialling) {
            return false;
        }
        dialling = null;
        return true;
    }

    /** The connection being dialled came to nothing, or was not wanted. */
    void failed(PeerConnection connection, long now) {
        if (!answered(connection)) {
            return;
        }
        boolean refused = connection.wasReached() && !connection.endedQuietly();
        notBefore = now + (refused ? REFUSED : UNREACHED);
        dialAt = now + UNHEARD;
        if (refused) {
            around.journal().warn("cannot connect with " + node + " at " + endpoint + ": " + connection.reason());
        }
    }

    /** An association has ended; the next attempt comes soon, but not in the same moment. */
    void rest(long now) {
        notBefore = now + UNREACHED;
        dialAt = now + UNREACHED;
    }

    /** Gives up what is under way. */
    void close() {
        if (dialling != null) {
            dialling.closeSoon("the engine is closed");
        }
    }

    private void resolve() {
        InetSocketAddress found;
        try {
            found = endpoint.resolve();
        } catch (UnknownHostException e) {
            around.journal().warn("there is no host " + endpoint.host() + ", where " + node + " should be");
            found = null;
        }
        InetSocketAddress result = found;
        around.onPulse().accept(now -> {
            resolving = false;
            resolveAt = now + (result == null ? RESOLVE_FAILED : RESOLVE_AGAIN);
            if (result != null) {
                address = result;
            }
        });
    }

    private void dial(InetSocketAddress to, Greeting.Hello hello, long now) {
        try {
            PeerConnection connection = around.server().prepare(to);
            connection.isWith(node);
            dialling = connection;
            dialBegan = now;
            Thread.ofVirtual().name("dial " + node).start(() -> around.server().connect(connection, hello));
        } catch (IOException e) {
            around.journal().warn("cannot dial " + node + ": " + e.getMessage());
            notBefore = now + REFUSED;
        }
    }
}
