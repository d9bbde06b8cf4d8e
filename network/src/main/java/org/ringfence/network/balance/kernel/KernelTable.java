package org.ringfence.network.balance.kernel;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.ringfence.linux.ipvs.IpvsDestination;
import org.ringfence.linux.ipvs.IpvsService;
import org.ringfence.network.balance.service.Forwarding;
import org.ringfence.network.balance.service.Persistence;
import org.ringfence.network.balance.service.Protocol;
import org.ringfence.network.balance.service.RealServer;
import org.ringfence.network.balance.service.Scheduler;
import org.ringfence.network.balance.service.Target;
import org.ringfence.network.balance.service.VirtualService;
import org.ringfence.network.balance.table.Seat;
import org.ringfence.network.balance.table.ServiceTable;

/** What is wanted, in the kernel's words. Pure. */
final class KernelTable {
    private static final int TCP = 6;
    private static final int UDP = 17;

    private KernelTable() {}

    /** @param destinations in the configuration's order, each once */
    record Wanted(IpvsService service, List<IpvsDestination> destinations) {}

    static SequencedMap<IpvsService.Id, Wanted> of(List<ServiceTable> tables) {
        SequencedMap<IpvsService.Id, Wanted> wanted = new LinkedHashMap<>();
        for (ServiceTable table : tables) {
            IpvsService service = service(table.service());
            wanted.put(service.id(), new Wanted(service, destinations(table)));
        }
        return wanted;
    }

    static IpvsService.Id id(VirtualService service) {
        return switch (service.target()) {
            case Target.Address address ->
                IpvsService.Id.of(
                        service.protocol() == Protocol.UDP ? UDP : TCP,
                        address.endpoint().address(),
                        address.endpoint().port());
            case Target.Mark mark ->
                IpvsService.Id.ofMark(mark.mark(), mark.family().bits() == 128);
        };
    }

    private static IpvsService service(VirtualService service) {
        int flags = flags(service.scheduler());
        flags |= service.persistence().isPresent() ? IpvsService.PERSISTENT : 0;
        flags |= service.onePacket() ? IpvsService.ONE_PACKET : 0;
        int bits = service.target().family().bits();
        return new IpvsService(
                id(service),
                service.scheduler().name(),
                flags,
                (int) service.persistence()
                        .map(Persistence::timeout)
                        .map(Duration::toSeconds)
                        .orElse(0L)
                        .longValue(),
                service.persistence().map(Persistence::prefixLength).orElse(bits));
    }

    /** The names of ipvsadm(8), "--sched-flags". */
    private static int flags(Scheduler scheduler) {
        int flags = 0;
        for (String flag : scheduler.flags()) {
            flags |= switch (flag) {
                case "sh-fallback", "mh-fallback", "flag-1" -> IpvsService.SCHEDULER_1;
                case "sh-port", "mh-port", "flag-2" -> IpvsService.SCHEDULER_2;
                case "flag-3" -> IpvsService.SCHEDULER_3;
                default -> 0;
            };
        }
        return flags;
    }

    /** A fallback that is one of the service's own servers takes its place. */
    private static List<IpvsDestination> destinations(ServiceTable table) {
        Map<Object, IpvsDestination> all = new LinkedHashMap<>();
        for (Seat seat : table.seats()) {
            if (seat.state() != Seat.State.GONE) {
                all.put(seat.server().endpoint(), destination(seat));
            }
        }
        return new ArrayList<>(all.values());
    }

    private static IpvsDestination destination(Seat seat) {
        RealServer server = seat.server();
        return new IpvsDestination(
                server.endpoint().address(),
                server.endpoint().port(),
                method(server.forwarding()),
                seat.weight(),
                server.upperThreshold(),
                server.lowerThreshold(),
                IpvsDestination.Counts.NONE);
    }

    private static int method(Forwarding forwarding) {
        return switch (forwarding) {
            case MASQ -> IpvsDestination.MASQUERADED;
            case IPIP -> IpvsDestination.TUNNELLED;
            case GATE -> IpvsDestination.ROUTED;
        };
    }
}
