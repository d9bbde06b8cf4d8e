package org.ringfence.network.balance.show;

import java.util.List;

/**
 * One service, as {@code balance status} shows it.
 *
 * @param deserted whether no server of its own is left
 */
public record StatusService(String id, String name, String scheduler, boolean deserted, List<StatusRow> servers) {
    public StatusService {
        servers = List.copyOf(servers);
    }
}
