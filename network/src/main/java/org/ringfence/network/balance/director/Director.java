package org.ringfence.network.balance.director;

import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.channels.DatagramChannel;
import java.nio.channels.NetworkChannel;
import java.nio.channels.ServerSocketChannel;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.ringfence.network.balance.service.Endpoint;
import org.ringfence.network.balance.service.Protocol;
import org.ringfence.network.balance.service.Target;
import org.ringfence.network.balance.table.DataPath;
import org.ringfence.network.balance.table.ServiceTable;

/**
 * The built-in director. Its sockets are opened and its tables changed by whoever calls it, one at a time; connections live on its own
 * threads. Services by mark are none of its own: packets are marked in the kernel, and only the kernel can balance them.
 */
public final class Director implements DataPath {
    private static final System.Logger LOG = System.getLogger(Director.class.getName());

    /** The kernel holds so many connections that are not accepted yet, or as many as net.core.somaxconn. */
    private static final int BACKLOG = 4_096;

    private final List<Loop> loops = new ArrayList<>();
    private final Map<String, Open> open = new LinkedHashMap<>();

    private record Open(Port port, NetworkChannel listener) {}

    /** @throws IOException when this process may open no more files */
    public Director(Limits limits) throws IOException {
        var connections = new AtomicInteger();
        for (int i = 0; i < limits.threads(); i++) {
            loops.add(new Loop(i, limits, connections));
        }
        loops.forEach(Loop::start);
    }

    /**
     * Connections to a server that is gone are ended with a reset; others live on, whatever the tables say now.
     *
     * @throws IOException when an address is not this host's or in use, or a service is by mark; nothing was changed then
     */
    @Override
    public synchronized void apply(List<ServiceTable> tables) throws IOException {
        Map<String, Open> next = new LinkedHashMap<>();
        List<Open> fresh = new ArrayList<>();
        try {
            for (ServiceTable table : tables) {
                Open known = open.get(table.service().id());
                Open used = known != null ? known : open(table);
                if (known == null) {
                    fresh.add(used);
                }
                next.put(table.service().id(), used);
            }
        } catch (IOException refused) {
            for (Open each : fresh) {
                each.listener().close();
            }
            throw refused;
        }
        for (ServiceTable table : tables) {
            Port port = used(next, table).port();
            boolean waited = port.isPending();
            Set<Endpoint> gone = port.apply(table);
            if (waited && !table.pending()) {
                loops.forEach(loop -> loop.order(() -> resume(loop, port)));
            }
            if (!gone.isEmpty()) {
                loops.forEach(loop -> loop.order(() -> end(loop, port, gone)));
            }
        }
        for (Open former : open.values()) {
            if (!next.containsValue(former)) {
                close(former);
            }
        }
        fresh.forEach(this::register);
        open.clear();
        open.putAll(next);
    }

    private static Open used(Map<String, Open> all, ServiceTable table) {
        return Objects.requireNonNull(all.get(table.service().id()), "each table has a socket");
    }

    private static Open open(ServiceTable table) throws IOException {
        if (!(table.service().target() instanceof Target.Address address)) {
            throw new IOException(table.service().id()
                    + ": a service by mark needs the kernel's IPVS; give it an address and a port instead");
        }
        NetworkChannel channel = null;
        try {
            if (table.service().protocol() == Protocol.UDP) {
                channel = DatagramChannel.open().bind(address.endpoint().socketAddress());
                ((DatagramChannel) channel).configureBlocking(false);
            } else {
                channel = ServerSocketChannel.open()
                        .setOption(StandardSocketOptions.SO_REUSEADDR, true)
                        .bind(address.endpoint().socketAddress(), BACKLOG);
                ((ServerSocketChannel) channel).configureBlocking(false);
            }
            return new Open(new Port(table), channel);
        } catch (IOException refused) {
            if (channel != null) {
                channel.close();
            }
            throw new IOException(table.service().id() + " cannot be listened on: " + refused.getMessage(), refused);
        }
    }

    private void register(Open fresh) {
        if (fresh.listener() instanceof DatagramChannel datagrams) {
            Loop loop = loops.getFirst();
            loop.order(() -> registering(() -> new Datagrams(loop, fresh.port(), datagrams)));
        } else if (fresh.listener() instanceof ServerSocketChannel listener) {
            loops.forEach(loop -> loop.order(() -> registering(() -> new Acceptor(loop, fresh.port(), listener))));
        }
    }

    private interface Registering {
        Ready register() throws IOException;
    }

    /** A listener that was closed before its turn came needs none. */
    private static void registering(Registering what) {
        try {
            what.register();
        } catch (IOException closed) {
            LOG.log(System.Logger.Level.DEBUG, "a listener is gone already: {0}", closed.getMessage());
        }
    }

    private static void end(Loop loop, Port port, Set<Endpoint> gone) {
        for (Ready member : loop.members()) {
            if (member instanceof Relay relay && relay.isWith(port, gone)) {
                relay.abort();
            } else if (member instanceof Datagrams datagrams && datagrams.port() == port) {
                datagrams.endWith(gone);
            }
        }
    }

    private static void resume(Loop loop, Port port) {
        for (Ready member : loop.members()) {
            if (member instanceof Acceptor acceptor && acceptor.port() == port) {
                acceptor.resume();
            }
        }
    }

    /** Takes no new connections; those that are open live on. */
    private void close(Open former) throws IOException {
        for (Loop loop : loops) {
            loop.order(() -> loop.members().stream()
                    .filter(member -> (member instanceof Acceptor acceptor && acceptor.port() == former.port())
                            || (member instanceof Datagrams datagrams && datagrams.port() == former.port()))
                    .forEach(Ready::close));
        }
        former.listener().close();
    }

    @Override
    public synchronized List<Load> loads() {
        return open.values().stream()
                .flatMap(each -> each.port().loads().stream())
                .toList();
    }

    /** Ends every connection. */
    @Override
    public synchronized void close() throws IOException {
        for (Open each : open.values()) {
            each.listener().close();
        }
        open.clear();
        loops.forEach(Loop::close);
    }
}
