package org.ringfence.network.balance.table;

import java.util.List;
import org.ringfence.network.balance.service.VirtualService;

/**
 * A service and who serves it now.
 *
 * @param seats in the configuration's order; the fallback last, when it stands in
 */
public record ServiceTable(VirtualService service, List<Seat> seats) {
    public ServiceTable {
        seats = List.copyOf(seats);
    }
}
