package org.ringfence.engine.embedded;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.jgroups.Address;
import org.jgroups.blocks.cs.TcpServer;
import org.jgroups.stack.IpAddress;
import org.jgroups.util.DefaultSocketFactory;
import org.jgroups.util.DefaultThreadFactory;
import org.jgroups.util.SocketFactory;
import org.jgroups.util.Util;
import org.jspecify.annotations.Nullable;
import org.ringfence.controller.port.Engine.EngineException;

/**
 * JGroups' TCP server with our kind of connections: it listens, accepts, dials, and closes them all at the end. It does not
 * use JGroups' own exchange of addresses; our greetings say more.
 */
final class ClusterServer extends TcpServer {
    private static final String[] PROTOCOLS = {"TLSv1.3"};
    static final String[] TLS_PROTOCOLS = PROTOCOLS;

    private static final int CONNECT_MILLIS = 1_000;

    /** Strangers that may be on the line at the same time; more are turned away. */
    private static final int STRANGERS_MAX = 64;

    /** What connections bring, on their own threads. */
    interface Handler {
        /** The first word on a connection; to be refused by an exception, whose message goes into the log. */
        void greeted(PeerConnection connection, Greeting greeting) throws IOException;

        /** A numbered message, or with a null payload the peer's last word; may wait for room. */
        void frame(PeerConnection connection, Association association, long sequence, byte @Nullable [] payload)
                throws InterruptedException;

        /** A connection was closed by either side; once for each that was started. */
        void closed(PeerConnection connection);
    }

    private final Handler handler;
    private final int messageBytesMax;

    private ClusterServer(SocketFactory sockets, InetSocketAddress listen, int messageBytesMax, Handler handler)
            throws Exception {
        super(
                new DefaultThreadFactory("engine", true).useVirtualThreads(true),
                sockets,
                listen.getAddress(),
                listen.getPort(),
                listen.getPort(),
                null,
                0,
                0);
        this.handler = handler;
        this.messageBytesMax = messageBytesMax;
        this.acceptor =
                Thread.ofPlatform().daemon().name("accept " + listen.getPort()).unstarted(new PeerAcceptor());
        setLogAcceptError(false);
        usePeerConnections(false);
        tcpNodelay(true);
        socketConnectionTimeout(CONNECT_MILLIS);
        InetAddress address = listen.getAddress();
        deferClientBinding(address.isAnyLocalAddress());
        clientBindAddress(address);
    }

    /**
     * Takes the port at once; {@link #accept} begins to accept.
     *
     * @param tls null for plain TCP
     * @throws EngineException when the port cannot be had
     */
    static ClusterServer open(Endpoint listen, @Nullable SSLContext tls, int messageBytesMax, Handler handler)
            throws EngineException {
        try {
            return new ClusterServer(sockets(tls), listen.resolve(), messageBytesMax, handler);
        } catch (Exception e) {
            throw cannotListen(listen, e);
        }
    }

    static EngineException cannotListen(Endpoint listen, Exception why) {
        return new EngineException(
                why instanceof UnknownHostException
                        ? "cannot listen on " + listen + ": there is no host of that name"
                        : "cannot listen on TCP " + listen + ": the port is in use, or the address is not this host's",
                why);
    }

    private static SocketFactory sockets(@Nullable SSLContext tls) {
        if (tls == null) {
            return new DefaultSocketFactory(javax.net.SocketFactory.getDefault(), new ListeningSockets(null));
        }
        SSLSocketFactory secured = tls.getSocketFactory();
        DefaultSocketFactory sockets = new DefaultSocketFactory(secured, new ListeningSockets(secured));
        sockets.setSocketConfigurator(socket -> ((SSLSocket) socket).setEnabledProtocols(PROTOCOLS));
        return sockets;
    }

    /** Begins to accept. */
    void accept() {
        try {
            start();
        } catch (Exception e) {
            throw new IllegalStateException("JGroups' server starts no more than threads", e);
        }
    }

    /** Gives the port back and closes all connections, also when {@link #accept} was never called. */
    void release() {
        if (running()) {
            stop();
        } else {
            Util.close(srv_sock);
        }
    }

    /** A connection that is not connected yet; opens nothing. */
    PeerConnection prepare(InetSocketAddress peer) throws IOException {
        try {
            return new PeerConnection(new IpAddress(peer.getAddress(), peer.getPort()), this);
        } catch (IOException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IOException(e);
        }
    }

    /** Connects and says {@code hello}; waits for the network. A failure is reported as the connection's end. */
    void connect(PeerConnection connection, Greeting.Hello hello) {
        try {
            handleOutgoingConnection(connection.peerAddress(), connection);
            connection.write(hello);
        } catch (Exception e) {
            connection.fail(e);
        }
    }

    /** Closes connections of strangers that have not said a word for too long. */
    void closeSilentStrangers(long now) {
        forAllConnections((address, connection) -> {
            if (connection instanceof PeerConnection stranger
                    && !stranger.isKnown()
                    && now - stranger.openedAt() > TimeUnit.MILLISECONDS.toNanos(PeerConnection.GREETING_MILLIS)) {
                stranger.closeSoon("it did not say who it is");
            }
        });
    }

    int messageBytesMax() {
        return messageBytesMax;
    }

    void greeted(PeerConnection connection, Greeting greeting) throws IOException {
        handler.greeted(connection, greeting);
    }

    void frame(PeerConnection connection, Association association, long sequence, byte @Nullable [] payload)
            throws InterruptedException {
        handler.frame(connection, association, sequence, payload);
    }

    void closed(PeerConnection connection) {
        handler.closed(connection);
        Address address = connection.peerAddress();
        removeConnectionIfPresent(address, connection);
        if (!connection.isDialled()) {
            // JGroups keeps one lock for each address for ever; those of accepted connections never come back.
            locks.remove(address);
        }
    }

    private long strangers() {
        return conns.values().stream()
                .filter(connection -> connection instanceof PeerConnection peer && !peer.isKnown())
                .count();
    }

    private final class PeerAcceptor extends Acceptor {
        @Override
        protected void handleAccept(Socket socket) throws Exception {
            if (strangers() >= STRANGERS_MAX) {
                socket.close();
                return;
            }
            PeerConnection connection = new PeerConnection(socket, ClusterServer.this);
            handleIncomingConnection(connection.peerAddress(), connection);
        }
    }
}
