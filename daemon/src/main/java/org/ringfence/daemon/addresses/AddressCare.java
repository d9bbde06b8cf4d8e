package org.ringfence.daemon.addresses;

import java.io.IOException;
import java.net.InetAddress;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.ringfence.api.status.AddressStatus;
import org.ringfence.controller.port.Engine;
import org.ringfence.daemon.node.SideChannel;
import org.ringfence.model.NodeId;
import org.ringfence.network.address.AddressWatch;
import org.ringfence.network.address.Announcer;
import org.ringfence.network.address.Arrival;
import org.ringfence.network.address.ConflictProbe;
import org.ringfence.network.connections.ConnectionReport;
import org.ringfence.network.connections.ConnectionWatch;
import org.ringfence.network.connections.KnownConnections;
import org.ringfence.network.connections.Tickler;

/**
 * Puts together what is done about this node's addresses: conflicts, announcements, strangers, and the clients' connections,
 * which nodes tell each other by their side channel.
 */
public final class AddressCare implements AddressAgents.Care, SideChannel {
    private static final System.Logger LOG = System.getLogger(AddressCare.class.getName());

    private final Announcer announcer = new Announcer();
    private final Tickler tickler = new Tickler();
    private final KnownConnections known = new KnownConnections(ConnectionWatch.MOST);
    private final AddressWatch watch;
    private final ConnectionWatch connections;
    private final TickleOption option;
    private final Set<NodeId> missing = ConcurrentHashMap.newKeySet();
    private final AtomicLong woken = new AtomicLong();
    private final AtomicLong closed = new AtomicLong();
    private final AtomicLong conflicts = new AtomicLong();

    /**
     * @param configuration the text of the present one, empty before there is one
     * @param problem       takes an address and what is wrong with it, for the history
     */
    public AddressCare(
            Engine engine,
            Collection<NodeId> peers,
            Supplier<String> configuration,
            BiConsumer<String, String> problem) {
        this.option = new TickleOption(configuration);
        this.watch = new AddressWatch(announcer, (address, link) -> {
            conflicts.incrementAndGet();
            problem.accept(
                    address.getHostAddress(),
                    "another host claims " + address.getHostAddress() + ", which this node holds: " + link);
        });
        List<NodeId> everyone = List.copyOf(peers);
        this.connections = new ConnectionWatch(new ConnectionWatch.Peers() {
            @Override
            public void tellAll(byte[] report) {
                everyone.forEach(peer -> engine.send(peer, report));
            }

            @Override
            public void tell(String peer, byte[] report) {
                engine.send(new NodeId(peer), report);
            }
        });
    }

    public void start() {
        watch.start();
        connections.start();
    }

    public AddressStatus status() {
        return new AddressStatus(connections.count(), known.count(), woken.get(), closed.get(), conflicts.get());
    }

    @Override
    public Optional<String> conflict(InetAddress address, String nic) {
        try {
            Optional<String> other = ConflictProbe.holder(address, nic);
            other.ifPresent(link -> conflicts.incrementAndGet());
            return other.map(link -> address.getHostAddress() + " is in use by another host: " + link);
        } catch (IOException refused) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "whether another host has {0} cannot be asked: {1}; it is started all the same",
                    address.getHostAddress(),
                    refused.getMessage());
            return Optional.empty();
        }
    }

    @Override
    public void arriving(Arrival arrival) {
        arrival.watch();
    }

    /** Announced first, so that the clients' answers find their way here. */
    @Override
    public void arrived(String resource, InetAddress address) {
        announcer.announce(address);
        if (option.isOn(resource)) {
            tickler.wake(address, () -> known.of(address), count -> {
                known.forget(address);
                woken.addAndGet(count);
                if (count > 0) {
                    LOG.log(
                            System.Logger.Level.INFO,
                            "{0} came here: told {1} clients that their connections are gone",
                            address.getHostAddress(),
                            count);
                }
            });
        }
        present(address);
    }

    @Override
    public void present(InetAddress address) {
        watch.hold(address);
        connections.hold(address);
    }

    @Override
    public void leaving(String resource, InetAddress address) {
        watch.release(address);
        if (option.isOn(resource)) {
            endConnections(address);
        }
    }

    @Override
    public void gone(InetAddress address) {
        watch.release(address);
        connections.release(address);
    }

    @Override
    public void reachable(NodeId peer) {
        connections.reachable(peer.name());
        missing.remove(peer);
        watch.nodesMissing(!missing.isEmpty());
        // The engine does not wait for frames to go out.
        Thread.ofVirtual().name("announce again").start(watch::announceAll);
    }

    /** One that said that it leaves is not missed. */
    @Override
    public void unreachable(NodeId peer, Engine.Silence why) {
        if (why != Engine.Silence.LEFT) {
            missing.add(peer);
            watch.nodesMissing(true);
        }
    }

    @Override
    public boolean message(NodeId peer, byte[] payload) {
        if (payload.length == 0 || payload[0] != ConnectionReport.MARK) {
            return false;
        }
        ConnectionReport.decode(payload).ifPresent(report -> known.heard(peer.name(), report));
        return true;
    }

    private void endConnections(InetAddress address) {
        try {
            closed.addAndGet(ConnectionWatch.end(address));
        } catch (IOException refused) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "connections of {0} cannot be ended before it goes: {1}; its next holder tells their clients",
                    address.getHostAddress(),
                    refused.getMessage());
        }
    }
}
