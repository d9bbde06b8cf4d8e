package org.ringfence.network.balance.director;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.ringfence.network.balance.service.Endpoint;
import org.ringfence.network.balance.service.RealServer;

/**
 * One connection: the client's socket, the server's, and what goes between them. First it finds a server; the client is not read
 * from before there is one. For the thread of its loop.
 */
final class Relay implements Ready {
    private static final System.Logger LOG = System.getLogger(Relay.class.getName());

    private final Loop loop;
    private final Port port;
    private final SocketChannel client;
    private final InetSocketAddress clientAddress;
    private final Set<Endpoint> tried = new HashSet<>();
    private final SelectionKey clientKey;
    private @Nullable Link link;
    private @Nullable Exchange exchange;
    private long lastMoved;
    private boolean closed;

    /** A server that has been chosen and counts this connection. */
    private record Link(Endpoint server, SocketChannel channel, SelectionKey key) {}

    /** Both directions, once the server is there. */
    private record Exchange(Flow toServer, Flow toClient) {}

    private Relay(Loop loop, Port port, SocketChannel client) throws IOException {
        this.loop = loop;
        this.port = port;
        this.client = client;
        client.configureBlocking(false);
        client.setOption(StandardSocketOptions.TCP_NODELAY, true);
        this.clientAddress = (InetSocketAddress) client.getRemoteAddress();
        this.clientKey = client.register(loop.selector(), 0, this);
        this.lastMoved = loop.now();
    }

    /** Takes over an accepted connection that the loop has admitted. */
    static void begin(Loop loop, Port port, SocketChannel client) {
        Relay relay;
        try {
            relay = new Relay(loop, port, client);
        } catch (IOException gone) {
            LOG.log(System.Logger.Level.DEBUG, "a client has gone already: {0}", gone.getMessage());
            closeQuietly(client);
            loop.connectionEnded();
            return;
        }
        loop.add(relay);
        relay.nextServer();
    }

    /** Whether it is one of that service with one of those servers. */
    boolean isWith(Port service, Set<Endpoint> servers) {
        return port == service && link != null && servers.contains(link.server());
    }

    private InetAddress clientHost() {
        return clientAddress.getAddress();
    }

    private void nextServer() {
        while (!closed && link == null) {
            Optional<RealServer> server = tried.size() < loop.limits().triesMax()
                    ? port.choose(clientHost(), tried, loop.now())
                    : Optional.empty();
            if (server.isEmpty()) {
                abort();
                return;
            }
            connect(server.get().endpoint());
        }
    }

    private void connect(Endpoint server) {
        tried.add(server);
        lastMoved = loop.now();
        SocketChannel channel = null;
        try {
            channel = SocketChannel.open();
            channel.configureBlocking(false);
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            boolean connected = channel.connect(server.socketAddress());
            link = new Link(server, channel, channel.register(loop.selector(), SelectionKey.OP_CONNECT, this));
            if (connected) {
                established();
            }
        } catch (IOException refused) {
            closeQuietly(channel);
            if (link == null) {
                port.refused(server);
                LOG.log(System.Logger.Level.DEBUG, "{0} is not reached: {1}", server, refused.getMessage());
            } else if (exchange == null) {
                unreached(refused.getMessage());
            } else {
                abort();
            }
        }
    }

    private void unreached(@Nullable String why) {
        Link failed = link;
        if (failed != null) {
            LOG.log(System.Logger.Level.DEBUG, "{0} is not reached: {1}", failed.server(), why);
            closeQuietly(failed.channel());
            port.refused(failed.server());
            link = null;
        }
    }

    private void established() throws IOException {
        if (link == null) {
            throw new IllegalStateException("no server is being connected to");
        }
        ByteBuffer first = ProxyHeader.of(
                port.service().proxyProtocol(), clientAddress, (InetSocketAddress) client.getLocalAddress());
        Port.Traffic traffic = port.traffic(link.server());
        exchange = new Exchange(
                new Flow(client, link.channel(), loop.buffers(), traffic.toServer(), first),
                new Flow(link.channel(), client, loop.buffers(), traffic.toClient(), ByteBuffer.allocate(0)));
        move();
    }

    @Override
    public void ready() {
        if (closed) {
            return;
        }
        lastMoved = loop.now();
        if (exchange != null) {
            try {
                move();
            } catch (IOException broken) {
                LOG.log(System.Logger.Level.DEBUG, "a connection has broken: {0}", broken.getMessage());
                abort();
            }
        } else if (link != null) {
            try {
                if (link.channel().finishConnect()) {
                    established();
                }
            } catch (IOException refused) {
                if (exchange == null) {
                    unreached(refused.getMessage());
                    nextServer();
                } else {
                    abort();
                }
            }
        }
    }

    private void move() throws IOException {
        Exchange both = exchange;
        Link server = link;
        if (both == null || server == null) {
            return;
        }
        both.toServer().move();
        both.toClient().move();
        if (both.toServer().isOver() && both.toClient().isOver()) {
            close();
            return;
        }
        interest(clientKey, both.toServer(), both.toClient());
        interest(server.key(), both.toClient(), both.toServer());
        if (both.toServer().isStarved() || both.toClient().isStarved()) {
            loop.starve(this);
        }
    }

    /** @param giving what the key's channel gives, and what it takes */
    private static void interest(SelectionKey key, Flow giving, Flow taking) {
        int wanted =
                (giving.wantsToRead() ? SelectionKey.OP_READ : 0) | (taking.wantsToWrite() ? SelectionKey.OP_WRITE : 0);
        if (key.interestOps() != wanted) {
            key.interestOps(wanted);
        }
    }

    @Override
    public void tick(long now) {
        long idle = now - lastMoved;
        if (exchange == null) {
            if (idle >= port.service().check().timing().checkTimeout().toMillis()) {
                unreached("no answer in time");
                nextServer();
            }
        } else {
            boolean half = exchange.toServer().isOver() || exchange.toClient().isOver();
            Limits limits = loop.limits();
            if (idle >= (half ? limits.idleHalfClosed() : limits.idle()).toMillis()) {
                abort();
            }
        }
    }

    /** Ends it so that both ends know that it did not end well: with a reset. */
    void abort() {
        resetOnClose(client);
        if (link != null) {
            resetOnClose(link.channel());
        }
        close();
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        closeQuietly(client);
        if (exchange != null) {
            exchange.toServer().release();
            exchange.toClient().release();
        }
        if (link != null) {
            closeQuietly(link.channel());
            if (exchange == null) {
                port.refused(link.server());
            } else {
                port.ended(clientHost(), link.server(), loop.now());
            }
        }
        loop.remove(this);
        loop.connectionEnded();
    }

    private static void resetOnClose(SocketChannel channel) {
        try {
            if (channel.isOpen()) {
                channel.setOption(StandardSocketOptions.SO_LINGER, 0);
            }
        } catch (IOException gone) {
            LOG.log(System.Logger.Level.DEBUG, "a socket cannot be reset: {0}", gone.getMessage());
        }
    }

    private static void closeQuietly(@Nullable SocketChannel channel) {
        try {
            if (channel != null) {
                channel.close();
            }
        } catch (IOException gone) {
            LOG.log(System.Logger.Level.DEBUG, "closing a socket: {0}", gone.getMessage());
        }
    }
}
