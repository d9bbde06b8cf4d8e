package org.ringfence.network.balance.director;

import java.net.InetAddress;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.ringfence.network.balance.choice.Chooser;
import org.ringfence.network.balance.service.Endpoint;
import org.ringfence.network.balance.service.RealServer;
import org.ringfence.network.balance.service.VirtualService;
import org.ringfence.network.balance.table.DataPath;
import org.ringfence.network.balance.table.Seat;
import org.ringfence.network.balance.table.ServiceTable;

/** One service, shared by all loops. Safe from any thread. */
final class Port {
    private final Chooser chooser;
    private final Map<Endpoint, Traffic> traffic = new ConcurrentHashMap<>();
    private volatile ServiceTable table;

    /** Bytes that went to a server and came from it. */
    record Traffic(LongAdder toServer, LongAdder toClient) {}

    Port(ServiceTable table) {
        this.table = table;
        this.chooser = new Chooser(table, Loop.clock());
    }

    VirtualService service() {
        return table.service();
    }

    /** Whether it is not known yet if somebody serves. */
    boolean isPending() {
        return table.pending();
    }

    /** @return servers whose connections are to be given up */
    synchronized Set<Endpoint> apply(ServiceTable next) {
        table = next;
        chooser.apply(next, Loop.clock());
        Set<Endpoint> gone = new HashSet<>();
        for (Seat seat : next.seats()) {
            if (seat.state() == Seat.State.GONE) {
                gone.add(seat.server().endpoint());
            } else {
                gone.remove(seat.server().endpoint());
            }
        }
        return gone;
    }

    synchronized Optional<RealServer> choose(InetAddress client, Set<Endpoint> failed, long now) {
        return chooser.choose(client, failed, now);
    }

    synchronized void ended(InetAddress client, Endpoint server, long now) {
        chooser.ended(client, server, now);
    }

    synchronized void refused(Endpoint server) {
        chooser.refused(server);
    }

    Traffic traffic(Endpoint server) {
        return traffic.computeIfAbsent(server, _ -> new Traffic(new LongAdder(), new LongAdder()));
    }

    synchronized List<DataPath.Load> loads() {
        return chooser.counts().stream()
                .map(count -> {
                    Traffic moved = traffic(count.server());
                    return new DataPath.Load(
                            service().id(),
                            count.server(),
                            count.active(),
                            count.total(),
                            count.failed(),
                            moved.toServer().sum(),
                            moved.toClient().sum());
                })
                .toList();
    }
}
