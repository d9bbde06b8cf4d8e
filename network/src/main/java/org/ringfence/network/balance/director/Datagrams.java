package org.ringfence.network.balance.director;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.ringfence.network.balance.service.Endpoint;
import org.ringfence.network.balance.service.RealServer;

/**
 * A service over UDP, on one loop. Each client (address and port) has a socket of its own towards its server, for as long as one of
 * them sends; with one-packet scheduling each packet has, until its answers have come. What there is no room for is dropped, as
 * networks do.
 */
final class Datagrams implements Ready {
    private static final System.Logger LOG = System.getLogger(Datagrams.class.getName());
    private static final int BATCH = 64;
    private static final int DATAGRAM_BYTES_MAX = 65_535;
    private static final long ONE_PACKET_MS = 5_000;

    private final Loop loop;
    private final Port port;
    private final DatagramChannel listener;
    private final SelectionKey key;
    private final Map<InetSocketAddress, Session> sessions = new HashMap<>();
    private final Set<Session> all = new HashSet<>();
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(DATAGRAM_BYTES_MAX);

    /** On the loop's thread. */
    Datagrams(Loop loop, Port port, DatagramChannel listener) throws IOException {
        this.loop = loop;
        this.port = port;
        this.listener = listener;
        this.key = listener.register(loop.selector(), SelectionKey.OP_READ, this);
        loop.add(this);
    }

    Port port() {
        return port;
    }

    @Override
    public void ready() {
        for (int i = 0; i < BATCH; i++) {
            buffer.clear();
            try {
                if (!(listener.receive(buffer) instanceof InetSocketAddress client)) {
                    return;
                }
                buffer.flip();
                forward(client);
            } catch (IOException failed) {
                LOG.log(System.Logger.Level.DEBUG, "a datagram is lost: {0}", failed.getMessage());
                return;
            }
        }
    }

    private void forward(InetSocketAddress client) throws IOException {
        Session session = port.service().onePacket() ? null : sessions.get(client);
        if (session == null) {
            Optional<Session> begun = begin(client);
            if (begun.isEmpty()) {
                return;
            }
            session = begun.get();
            all.add(session);
            if (!port.service().onePacket()) {
                sessions.put(client, session);
            }
        }
        session.send();
    }

    private Optional<Session> begin(InetSocketAddress client) throws IOException {
        if (!loop.admit()) {
            return Optional.empty();
        }
        Optional<RealServer> server = port.choose(client.getAddress(), Set.of(), loop.now());
        if (server.isEmpty()) {
            loop.connectionEnded();
            return Optional.empty();
        }
        Endpoint endpoint = server.get().endpoint();
        try {
            DatagramChannel channel = DatagramChannel.open();
            channel.configureBlocking(false);
            channel.connect(endpoint.socketAddress());
            return Optional.of(new Session(client, endpoint, channel));
        } catch (IOException refused) {
            port.refused(endpoint);
            loop.connectionEnded();
            throw refused;
        }
    }

    /** Ends what goes to one of those servers. */
    void endWith(Set<Endpoint> servers) {
        for (Session session : new ArrayList<>(all)) {
            if (servers.contains(session.server)) {
                session.close();
            }
        }
    }

    @Override
    public void tick(long now) {
        new ArrayList<>(all).forEach(session -> session.tick(now));
    }

    @Override
    public void close() {
        key.cancel();
        loop.remove(this);
        new ArrayList<>(all).forEach(Session::close);
    }

    /** What goes between one client and its server. */
    private final class Session implements Ready {
        private final InetSocketAddress client;
        private final Endpoint server;
        private final DatagramChannel channel;
        private final Port.Traffic traffic;
        private long lastMoved = loop.now();

        Session(InetSocketAddress client, Endpoint server, DatagramChannel channel) throws IOException {
            this.client = client;
            this.server = server;
            this.channel = channel;
            this.traffic = port.traffic(server);
            channel.register(loop.selector(), SelectionKey.OP_READ, this);
        }

        void send() {
            lastMoved = loop.now();
            try {
                traffic.toServer().add(channel.write(buffer));
            } catch (IOException refused) {
                // The host said that nothing listens there; the client's next packet may go elsewhere.
                LOG.log(System.Logger.Level.DEBUG, "{0} takes no datagram: {1}", server, refused.getMessage());
                close();
            }
        }

        @Override
        public void ready() {
            lastMoved = loop.now();
            try {
                for (int i = 0; i < BATCH; i++) {
                    buffer.clear();
                    if (channel.read(buffer) <= 0) {
                        return;
                    }
                    traffic.toClient().add(listener.send(buffer.flip(), client));
                }
            } catch (IOException refused) {
                LOG.log(System.Logger.Level.DEBUG, "{0} gives no datagram: {1}", server, refused.getMessage());
                close();
            }
        }

        @Override
        public void tick(long now) {
            long most = port.service().onePacket()
                    ? ONE_PACKET_MS
                    : loop.limits().idleDatagrams().toMillis();
            if (now - lastMoved >= most) {
                close();
            }
        }

        @Override
        public void close() {
            if (!all.remove(this)) {
                return;
            }
            sessions.remove(client, this);
            try {
                channel.close();
            } catch (IOException failed) {
                LOG.log(System.Logger.Level.DEBUG, "closing a socket: {0}", failed.getMessage());
            }
            InetAddress host = client.getAddress();
            port.ended(host, server, loop.now());
            loop.connectionEnded();
        }
    }
}
