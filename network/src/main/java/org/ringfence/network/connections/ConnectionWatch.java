package org.ringfence.network.connections;

import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.ringfence.linux.TcpConnections;
import org.ringfence.linux.ThreadScheduling;

/**
 * Looks for the connections of the addresses that this node holds, and tells peers what has changed. How often it looks depends
 * on the processor's time that a look takes, so that it never takes more than a twenty-fifth of a processor. A connection younger
 * than that is not known to peers yet. Safe for use by many threads.
 */
public final class ConnectionWatch {
    /** That a node tells of, over all of its addresses. */
    public static final int MOST = 100_000;

    private static final System.Logger LOG = System.getLogger(ConnectionWatch.class.getName());
    private static final Duration PAUSE_MIN = Duration.ofMillis(250);
    private static final Duration PAUSE_MAX = Duration.ofSeconds(5);
    private static final int PAUSE_PER_LOOK = 25;

    private final Peers peers;
    private final Duration pauseMin;
    private final Duration pauseMax;
    private final Map<InetAddress, Told> held = new LinkedHashMap<>();
    private final Set<String> uninformed = new HashSet<>();
    /** As {@link System#nanoTime} has it. */
    private long nextLook;

    private boolean failing;

    /** Those who are told. Neither call waits; what cannot be delivered is lost. */
    public interface Peers {
        void tellAll(byte[] report);

        void tell(String peer, byte[] report);
    }

    /** What peers know of an address: nothing yet that counts while it is {@code fresh}. */
    private record Told(ConnectionList list, boolean fresh) {}

    public ConnectionWatch(Peers peers) {
        this(peers, PAUSE_MIN, PAUSE_MAX);
    }

    ConnectionWatch(Peers peers, Duration pauseMin, Duration pauseMax) {
        this.peers = peers;
        this.pauseMin = pauseMin;
        this.pauseMax = pauseMax;
    }

    /** Begins to look, on a thread that ends with the process. */
    public void start() {
        Thread.ofPlatform().daemon().name("connections").start(this::run);
    }

    /** The address is here from now on; peers forget what they knew of it. */
    public synchronized void hold(InetAddress address) {
        if (held.putIfAbsent(address, new Told(ConnectionList.empty(address.getAddress().length), true)) == null) {
            nextLook = System.nanoTime();
            notifyAll();
        }
    }

    /** The peer knows nothing yet, and is told at once what the others know. */
    public synchronized void reachable(String peer) {
        uninformed.add(peer);
        notifyAll();
    }

    /**
     * Ends this node's side of each connection while the address is still here, so that clients are told at once.
     *
     * @return how many were ended
     */
    public static int end(InetAddress address) throws IOException {
        try (TcpConnections connections = TcpConnections.open()) {
            return connections.end(address);
        }
    }

    /** The address is gone from here: peers are told of those connections that came about to the very last. */
    public synchronized void release(InetAddress address) {
        if (held.containsKey(address)) {
            look(List.of(address));
            held.remove(address);
        }
    }

    /** How many connections peers have been told of. */
    public synchronized int count() {
        return held.values().stream().mapToInt(told -> told.list().size()).sum();
    }

    private synchronized void run() {
        try {
            while (true) {
                long left = nextLook - System.nanoTime();
                if (held.isEmpty()) {
                    wait();
                } else if (!uninformed.isEmpty()) {
                    uninformed.forEach(this::tellEverything);
                    uninformed.clear();
                } else if (left > 0) {
                    TimeUnit.NANOSECONDS.timedWait(this, left);
                } else {
                    long before = ThreadScheduling.processorTimeNanos();
                    look(new ArrayList<>(held.keySet()));
                    long taken = ThreadScheduling.processorTimeNanos() - before;
                    nextLook = System.nanoTime()
                            + Math.clamp(taken * PAUSE_PER_LOOK, pauseMin.toNanos(), pauseMax.toNanos());
                }
            }
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
        }
    }

    private void tellEverything(String peer) {
        held.forEach((address, told) -> {
            ConnectionList none = ConnectionList.empty(told.list().addressBytes());
            peers.tell(peer, new ConnectionReport(address, true, none, none).encode());
            for (ConnectionList part : told.list().parts(ConnectionReport.MOST)) {
                peers.tell(peer, new ConnectionReport(address, false, part, none).encode());
            }
        });
    }

    private void look(List<InetAddress> addresses) {
        try (TcpConnections connections = TcpConnections.open()) {
            for (InetAddress address : addresses) {
                Told told = held.get(address);
                if (told != null) {
                    int room = MOST - count() + told.list().size();
                    List<byte[]> found = connections.established(address, room);
                    held.put(
                            address,
                            tell(address, told, ConnectionList.of(told.list().addressBytes(), found)));
                }
            }
            failing = false;
        } catch (IOException refused) {
            // Every look would say it again.
            if (!failing) {
                LOG.log(
                        System.Logger.Level.WARNING,
                        "the kernel does not say which connections there are: {0}; should this host die, their clients"
                                + " find out when they write",
                        refused.getMessage());
            }
            failing = true;
        }
    }

    /** No more than one report; what is left over follows after the next look. */
    private Told tell(InetAddress address, Told told, ConnectionList now) {
        ConnectionList added = now.minus(told.list()).first(ConnectionReport.MOST);
        ConnectionList ended = told.list().minus(now).first(ConnectionReport.MOST);
        if (told.fresh() || added.size() + ended.size() > 0) {
            peers.tellAll(new ConnectionReport(address, told.fresh(), added, ended).encode());
        }
        return new Told(told.list().minus(ended).plus(added), false);
    }
}
