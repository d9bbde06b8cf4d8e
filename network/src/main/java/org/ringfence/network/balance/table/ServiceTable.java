package org.ringfence.network.balance.table;

import java.util.List;
import org.ringfence.network.balance.service.VirtualService;

/**
 * A service and who serves it now.
 *
 * @param seats   in the configuration's order; the fallback last, when it stands in
 * @param pending whether nobody serves and a check that is still under way may change that, as in the first moments of a balancer
 */
public record ServiceTable(VirtualService service, List<Seat> seats, boolean pending) {
    public ServiceTable {
        seats = List.copyOf(seats);
    }
}
