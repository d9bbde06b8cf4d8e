package org.ringfence.network.balance.process;

import java.util.List;
import java.util.Optional;
import org.ringfence.network.balance.check.Checks;
import org.ringfence.network.balance.service.BalanceConfiguration;
import org.ringfence.network.balance.service.Endpoint;
import org.ringfence.network.balance.service.RealServer;

/**
 * Which servers an administrator means.
 *
 * @param server  an address, an address and port, or the name in the configuration
 * @param service the only service that is meant; empty for all
 */
record Selection(String server, Optional<String> service) {

    /** In the configuration's order. */
    List<Checks.Key> of(BalanceConfiguration configuration) {
        return configuration.services().stream()
                .filter(each -> service.isEmpty() || service.get().equals(each.id()))
                .flatMap(each -> each.servers().stream()
                        .filter(this::isMeant)
                        .map(meant -> new Checks.Key(each.id(), meant.endpoint())))
                .toList();
    }

    private boolean isMeant(RealServer candidate) {
        Endpoint endpoint = candidate.endpoint();
        return server.equals(endpoint.toString())
                || server.equals(Endpoint.text(endpoint.address()))
                || server.equals(candidate.host());
    }
}
