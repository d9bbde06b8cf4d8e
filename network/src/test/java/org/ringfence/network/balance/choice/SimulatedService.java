package org.ringfence.network.balance.choice;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.ringfence.network.balance.check.Answer;
import org.ringfence.network.balance.check.Watch;
import org.ringfence.network.balance.service.Endpoint;
import org.ringfence.network.balance.service.RealServer;
import org.ringfence.network.balance.service.VirtualService;
import org.ringfence.network.balance.table.Roster;
import org.ringfence.network.balance.table.Seat;
import org.ringfence.network.balance.table.ServiceTable;
import org.ringfence.network.balance.table.Tables;

/**
 * One balanced service under random events by a simulated clock: servers fail and return, are drained, weighed, refuse connections and leave
 * the configuration; clients come, come back and go. A seed decides everything. Checks, roster and chooser are the balancer's own.
 */
final class SimulatedService {
    private static final int STEPS = 400;
    private static final int CLIENTS = 12;
    private static final List<String> SERVERS = List.of("10.0.0.1", "10.0.0.2", "10.0.0.3", "10.0.0.4");
    private static final List<String> SCHEDULERS = List.of("rr", "wrr", "lc", "wlc", "sh");

    /** What is done wrong on purpose. */
    enum Plant {
        NOTHING,
        /** A drained server is shown to the chooser as one that serves. */
        DRAINED_SERVES,
        /** The chooser is not told of a drain before something else happens. */
        TOLD_LATE,
        /** A server that is down is shown as one that serves. */
        DOWN_SERVES
    }

    private record Connection(InetAddress client, Endpoint server) {}

    private final Random random;
    private final Plant plant;
    private final Set<Endpoint> drained = new TreeSet<>();
    private final Map<Endpoint, Watch> watches = new TreeMap<>();
    private final List<Connection> connections = new ArrayList<>();
    private VirtualService service;
    private Roster roster;
    private Chooser chooser;
    private long now;
    private int begun;

    SimulatedService(long seed, Plant plant) {
        this.random = new Random(seed);
        this.plant = plant;
        var configuration = Tables.configuration(text());
        this.service = configuration.services().getFirst();
        this.roster = Roster.of(configuration);
        this.chooser = new Chooser(table(), now);
        watch();
    }

    /** @return how many connections were begun; what did not hold is thrown as an {@link AssertionError} */
    int run() {
        for (int step = 0; step < STEPS; step++) {
            now += random.nextInt(700);
            switch (random.nextInt(12)) {
                case 0 -> drain();
                case 1 -> weigh();
                case 2 -> reload();
                case 3, 4, 5 -> check();
                case 6, 7 -> end();
                default -> connect();
            }
        }
        return begun;
    }

    private String text() {
        var text = new StringBuilder("virtual = 192.0.2.9:80\n    service = http\n    scheduler = ")
                .append(SCHEDULERS.get(random.nextInt(SCHEDULERS.size())))
                .append('\n');
        for (String server : SERVERS) {
            if (random.nextInt(5) > 0) {
                text.append("    real = ").append(server).append(":80 masq ").append(random.nextInt(4));
                text.append(random.nextInt(3) == 0 ? " u:3\n" : "\n");
            }
        }
        text.append(random.nextBoolean() ? "    persistent = " + (1 + random.nextInt(60)) + "\n" : "");
        text.append(random.nextBoolean() ? "    quiescent = yes\n" : "");
        // One of its own, or a real server's.
        text.append(random.nextBoolean() ? "    fallback = 10.0.0." + (1 + random.nextInt(6)) + ":80 masq\n" : "");
        return text.append("    failurecount = ")
                .append(1 + random.nextInt(3))
                .append('\n')
                .toString();
    }

    private void watch() {
        watches.keySet()
                .retainAll(service.servers().stream().map(RealServer::endpoint).toList());
        for (RealServer server : service.servers()) {
            watches.computeIfAbsent(
                    server.endpoint(), endpoint -> Watch.begin(service.check(), service.protocol(), now));
        }
    }

    private ServiceTable table() {
        ServiceTable table = roster.tables().getFirst();
        return new ServiceTable(
                table.service(),
                table.seats().stream()
                        .map(seat -> serves(seat) ? seat : planted(seat))
                        .toList(),
                table.pending());
    }

    private static boolean serves(Seat seat) {
        return seat.state() == Seat.State.SERVING;
    }

    private Seat planted(Seat seat) {
        boolean wrong = (plant == Plant.DRAINED_SERVES && seat.state() == Seat.State.DRAINED)
                || (plant == Plant.DOWN_SERVES && seat.state() != Seat.State.DRAINED);
        return wrong ? new Seat(seat.server(), 1, Seat.State.SERVING) : seat;
    }

    private Optional<Endpoint> one() {
        List<RealServer> servers = service.servers();
        return servers.isEmpty()
                ? Optional.empty()
                : Optional.of(servers.get(random.nextInt(servers.size())).endpoint());
    }

    private void drain() {
        one().ifPresent(server -> {
            if (!drained.remove(server)) {
                drained.add(server);
            }
            roster = roster.drained(service.id(), server, drained.contains(server));
            if (plant != Plant.TOLD_LATE) {
                chooser.apply(table(), now);
            }
        });
    }

    private void weigh() {
        one().ifPresent(server -> {
            roster = roster.weighed(
                    service.id(),
                    server,
                    random.nextBoolean() ? OptionalInt.empty() : OptionalInt.of(random.nextInt(5)));
            chooser.apply(table(), now);
        });
    }

    /** Who is not in the configuration any more is drained no longer should it come back. */
    private void reload() {
        var next = Tables.configuration(text());
        service = next.services().getFirst();
        roster = roster.with(next);
        drained.retainAll(service.servers().stream().map(RealServer::endpoint).toList());
        watch();
        chooser.apply(table(), now);
    }

    private void check() {
        one().ifPresent(server -> {
            Watch before = watches.getOrDefault(server, Watch.begin(service.check(), service.protocol(), now));
            Watch after = before.answered(before.next().orElseThrow(), new Answer(random.nextInt(4) > 0, "", 1), now);
            watches.put(server, after);
            roster = roster.up(service.id(), server, after.up());
            chooser.apply(table(), now);
        });
    }

    private void connect() {
        InetAddress client = InetAddress.ofLiteral("198.51.100." + random.nextInt(CLIENTS));
        Set<Endpoint> failed = new HashSet<>();
        while (failed.size() < 3) {
            Optional<Endpoint> chosen = chooser.choose(client, failed, now).map(RealServer::endpoint);
            if (chosen.isEmpty()) {
                return;
            }
            Endpoint server = chosen.get();
            judge(server);
            if (random.nextInt(6) > 0) {
                begun++;
                connections.add(new Connection(client, server));
                return;
            }
            chooser.refused(server);
            failed.add(server);
        }
    }

    private void judge(Endpoint server) {
        require(!drained.contains(server), server, "is drained and gets a new connection");
        boolean real = watches.containsKey(server);
        boolean up = Optional.ofNullable(watches.get(server)).map(Watch::up).orElse(false);
        boolean standsIn = service.fallback()
                .map(fallback -> fallback.endpoint().equals(server))
                .orElse(false);
        require(real || standsIn, server, "is in no configuration and gets a new connection");
        boolean nobody =
                watches.entrySet().stream().allMatch(each -> !each.getValue().up() || drained.contains(each.getKey()));
        require(up || (standsIn && nobody), server, "is down and gets a new connection");
    }

    private void require(boolean holds, Endpoint server, String otherwise) {
        if (!holds) {
            throw new AssertionError(server + " " + otherwise + ", at " + now + " ms");
        }
    }

    private void end() {
        if (!connections.isEmpty()) {
            Connection over = connections.remove(random.nextInt(connections.size()));
            chooser.ended(over.client(), over.server(), now);
        }
    }
}
