package org.ringfence.network.balance.table;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.ringfence.network.balance.service.BalanceConfiguration;
import org.ringfence.network.balance.service.CheckType;
import org.ringfence.network.balance.service.Endpoint;
import org.ringfence.network.balance.service.RealServer;
import org.ringfence.network.balance.service.VirtualService;

/**
 * How every server of every service stands, and the tables that follow from it. A server is down until a check has said that it
 * works. Immutable; each change gives another one.
 *
 * <p>A server that is down is left out of the table, or stays with weight 0 where {@code quiescent} is set. The fallback is in the table while no
 * server of its service can take a connection (ldirectord(8), "fallback"), and not before every one has been checked.
 */
public final class Roster {
    private final BalanceConfiguration configuration;
    private final Map<String, SortedMap<Endpoint, Condition>> conditions;

    private Roster(BalanceConfiguration configuration, Map<String, SortedMap<Endpoint, Condition>> conditions) {
        this.configuration = configuration;
        this.conditions = conditions;
    }

    /** Every server is down as yet. */
    public static Roster of(BalanceConfiguration configuration) {
        return new Roster(configuration, Map.of()).with(configuration);
    }

    public BalanceConfiguration configuration() {
        return configuration;
    }

    /** The same servers stand as they stood; new ones are down as yet, the administrator's wishes for others are forgotten. */
    public Roster with(BalanceConfiguration next) {
        Map<String, SortedMap<Endpoint, Condition>> kept = new TreeMap<>();
        for (VirtualService service : next.services()) {
            SortedMap<Endpoint, Condition> before = conditions.getOrDefault(service.id(), new TreeMap<>());
            SortedMap<Endpoint, Condition> after = new TreeMap<>();
            for (RealServer server : service.servers()) {
                after.put(server.endpoint(), before.getOrDefault(server.endpoint(), Condition.UNKNOWN));
            }
            kept.put(service.id(), after);
        }
        return new Roster(next, kept);
    }

    /** How a server stands; one that is not known is down. */
    public Condition condition(String service, Endpoint server) {
        return conditions.getOrDefault(service, new TreeMap<>()).getOrDefault(server, Condition.UNKNOWN);
    }

    public boolean knows(String service, Endpoint server) {
        return conditions.containsKey(service) && conditions.get(service).containsKey(server);
    }

    /** What a check found. A server that is not known (any more) changes nothing. */
    public Roster up(String service, Endpoint server, boolean up) {
        return change(service, server, condition -> new Condition(true, up, condition.drained(), condition.weight()));
    }

    public Roster drained(String service, Endpoint server, boolean drained) {
        return change(
                service,
                server,
                condition -> new Condition(condition.known(), condition.up(), drained, condition.weight()));
    }

    /** @param weight empty for the configuration's own */
    public Roster weighed(String service, Endpoint server, OptionalInt weight) {
        return change(
                service,
                server,
                condition -> new Condition(condition.known(), condition.up(), condition.drained(), weight));
    }

    private Roster change(String service, Endpoint server, UnaryOperator<Condition> change) {
        if (!knows(service, server)) {
            return this;
        }
        Map<String, SortedMap<Endpoint, Condition>> next = new TreeMap<>(conditions);
        SortedMap<Endpoint, Condition> servers = new TreeMap<>(conditions.get(service));
        servers.put(server, change.apply(condition(service, server)));
        next.put(service, servers);
        return new Roster(configuration, next);
    }

    /**
     * Whether it is known of every server of this service that it can take no connection; the fallback is none of them. A service whose
     * checks are off has neither servers nor a fallback.
     */
    public boolean isDeserted(VirtualService service) {
        return service.check().type() != CheckType.OFF
                && service.servers().stream()
                        .map(server -> condition(service.id(), server.endpoint()))
                        .allMatch(condition -> condition.known() && (!condition.up() || condition.drained()));
    }

    /** In the configuration's order. */
    public List<ServiceTable> tables() {
        return configuration.services().stream().map(this::table).toList();
    }

    private ServiceTable table(VirtualService service) {
        List<Seat> seats = new ArrayList<>();
        for (RealServer server : service.servers()) {
            seats.add(seat(service, server, condition(service.id(), server.endpoint())));
        }
        if (isDeserted(service)) {
            // It may be one of the servers, with one seat then; drained, it is not for new connections in this way
            // either.
            service.fallback()
                    .filter(fallback ->
                            !condition(service.id(), fallback.endpoint()).drained())
                    .ifPresent(fallback -> {
                        seats.removeIf(seat -> seat.server().endpoint().equals(fallback.endpoint()));
                        seats.add(new Seat(fallback, fallback.weight(), Seat.State.SERVING));
                    });
        }
        return new ServiceTable(service, seats, isPending(service));
    }

    private boolean isPending(VirtualService service) {
        List<Condition> stand = service.servers().stream()
                .map(server -> condition(service.id(), server.endpoint()))
                .toList();
        return service.check().type() != CheckType.OFF
                && stand.stream().noneMatch(Condition::up)
                && !stand.stream().allMatch(Condition::known);
    }

    private static Seat seat(VirtualService service, RealServer server, Condition condition) {
        if (!condition.up()) {
            return new Seat(server, 0, service.whenDown().quiescent() ? Seat.State.RESTING : Seat.State.GONE);
        }
        if (condition.drained()) {
            return new Seat(server, 0, Seat.State.DRAINED);
        }
        return new Seat(server, condition.weight().orElse(server.weight()), Seat.State.SERVING);
    }
}
