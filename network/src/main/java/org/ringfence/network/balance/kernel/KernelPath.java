package org.ringfence.network.balance.kernel;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.ringfence.linux.ipvs.Ipvs;
import org.ringfence.linux.ipvs.IpvsDestination;
import org.ringfence.linux.ipvs.IpvsService;
import org.ringfence.network.balance.service.Endpoint;
import org.ringfence.network.balance.service.VirtualService;
import org.ringfence.network.balance.table.DataPath;
import org.ringfence.network.balance.table.ServiceTable;

/**
 * The kernel's IPVS. Only services that this path was given are touched; others, of another balancer or made by hand, stay. What the kernel has
 * is read at each change and only the difference is made, so that connections of what stays live on. Those to a destination that is
 * removed get no more packets through.
 */
public final class KernelPath implements DataPath {
    private final Ipvs ipvs;
    private final Set<IpvsService.Id> own = new LinkedHashSet<>();
    private List<ServiceTable> tables = List.of();

    /** @param ipvs closed with this */
    public KernelPath(Ipvs ipvs) {
        this.ipvs = ipvs;
    }

    @Override
    public synchronized void apply(List<ServiceTable> next) throws IOException {
        Map<IpvsService.Id, KernelTable.Wanted> wanted = KernelTable.of(next);
        Map<IpvsService.Id, IpvsService> present = new LinkedHashMap<>();
        for (IpvsService service : ipvs.services()) {
            present.put(service.id(), service);
        }
        for (IpvsService.Id former : List.copyOf(own)) {
            if (!wanted.containsKey(former)) {
                if (present.containsKey(former)) {
                    ipvs.remove(former);
                }
                own.remove(former);
            }
        }
        for (KernelTable.Wanted each : wanted.values()) {
            IpvsService.Id id = each.service().id();
            IpvsService there = present.get(id);
            if (there == null) {
                ipvs.add(each.service());
            } else if (!there.equals(each.service())) {
                ipvs.change(each.service());
            }
            own.add(id);
            destinations(id, each.destinations());
        }
        tables = List.copyOf(next);
    }

    private void destinations(IpvsService.Id id, List<IpvsDestination> wanted) throws IOException {
        Map<Endpoint, IpvsDestination> present = new LinkedHashMap<>();
        for (IpvsDestination destination : ipvs.destinations(id)) {
            present.put(endpoint(destination), destination);
        }
        // First those that are to come, so that a service is never without any because one takes another's place.
        for (IpvsDestination destination : wanted) {
            IpvsDestination there = present.remove(endpoint(destination));
            if (there == null) {
                ipvs.add(id, destination);
            } else if (!isSame(there, destination)) {
                ipvs.change(id, destination);
            }
        }
        for (IpvsDestination former : present.values()) {
            ipvs.remove(id, former);
        }
    }

    /** A destination that is this host is said to be local, however it was asked for. */
    private static boolean isSame(IpvsDestination there, IpvsDestination wanted) {
        return (there.method() == wanted.method() || there.method() == IpvsDestination.LOCAL)
                && there.weight() == wanted.weight()
                && there.upperThreshold() == wanted.upperThreshold()
                && there.lowerThreshold() == wanted.lowerThreshold();
    }

    private static Endpoint endpoint(IpvsDestination destination) {
        return new Endpoint(destination.address(), destination.port());
    }

    @Override
    public synchronized List<Load> loads() throws IOException {
        List<Load> loads = new ArrayList<>();
        for (ServiceTable table : tables) {
            VirtualService service = table.service();
            for (IpvsDestination each : ipvs.destinations(KernelTable.id(service))) {
                IpvsDestination.Counts counts = each.counts();
                loads.add(new Load(
                        service.id(),
                        endpoint(each),
                        counts.active(),
                        counts.connections(),
                        0,
                        counts.bytesIn(),
                        counts.bytesOut()));
            }
        }
        return loads;
    }

    /** Removes what is to be removed ({@code cleanstop}); the kernel goes on with the rest. */
    @Override
    public synchronized void close() throws IOException {
        try {
            Map<IpvsService.Id, VirtualService> services = tables.stream()
                    .map(ServiceTable::service)
                    .collect(Collectors.toMap(KernelTable::id, Function.identity()));
            Set<IpvsService.Id> present =
                    ipvs.services().stream().map(IpvsService::id).collect(Collectors.toSet());
            for (IpvsService.Id id : own) {
                VirtualService service = services.get(id);
                if (present.contains(id)
                        && (service == null || service.whenDown().cleanStop())) {
                    ipvs.remove(id);
                }
            }
        } finally {
            ipvs.close();
        }
    }
}
