package org.ringfence.network.balance.choice;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.ringfence.network.balance.service.Endpoint;
import org.ringfence.network.balance.service.RealServer;
import org.ringfence.network.balance.service.Scheduler;
import org.ringfence.network.balance.table.Seat;
import org.ringfence.network.balance.table.ServiceTable;

/**
 * Chooses the server of each new connection of one service, and counts the connections. Times are milliseconds of any clock that does
 * not go back. For one thread at a time.
 */
public final class Chooser {
    private final Map<Endpoint, Candidate> known = new LinkedHashMap<>();
    private List<Candidate> seated = List.of();
    private Scheduler scheduler;
    private Turn turn;
    private @Nullable Persistent persistent;

    public Chooser(ServiceTable table, long now) {
        this.scheduler = table.service().scheduler();
        this.turn = Turn.of(scheduler);
        apply(table, now);
    }

    /** What the service is from now on. Servers that stay keep what they carry, clients that are remembered are. */
    public void apply(ServiceTable table, long now) {
        if (!table.service().scheduler().equals(scheduler)) {
            scheduler = table.service().scheduler();
            turn = Turn.of(scheduler);
        }
        persistent = table.service()
                .persistence()
                .map(wanted -> persistent != null && persistent.persistence().equals(wanted)
                        ? persistent
                        : new Persistent(wanted))
                .orElse(null);
        long serving = seated.stream().filter(Candidate::takesNew).count();
        long carried = seated.stream().mapToLong(Candidate::active).sum();
        List<Candidate> next = new ArrayList<>();
        for (Seat seat : table.seats()) {
            Candidate candidate =
                    known.computeIfAbsent(seat.server().endpoint(), endpoint -> new Candidate(seat.server()));
            candidate.take(seat, serving == 0 ? 0 : carried / serving, now);
            next.add(candidate);
        }
        for (Candidate former : seated) {
            if (!next.contains(former)) {
                former.leave();
            }
        }
        seated = List.copyOf(next);
        known.values().removeIf(candidate -> candidate.active() == 0 && !seated.contains(candidate));
    }

    /**
     * The server of a connection that begins now; it counts as carried until {@link #ended} or {@link #refused}.
     *
     * @param failed servers that have just not taken this connection
     * @return empty when none can take it
     */
    public Optional<RealServer> choose(InetAddress client, Set<Endpoint> failed, long now) {
        Predicate<Candidate> eligible = candidate -> candidate.takesNew() && !failed.contains(candidate.endpoint());
        Optional<Candidate> former = Optional.ofNullable(persistent)
                .flatMap(memory -> memory.server(client, now))
                .map(known::get)
                .filter(candidate -> candidate.serves() && !failed.contains(candidate.endpoint()));
        Optional<Candidate> chosen = former.isPresent() ? former : turn.next(seated, eligible, client, now);
        chosen.ifPresent(candidate -> {
            candidate.begun();
            remember(client, candidate.endpoint(), now);
        });
        return chosen.map(Candidate::server);
    }

    /** A connection that was begun has ended. */
    public void ended(InetAddress client, Endpoint server, long now) {
        Candidate candidate = carrier(server);
        candidate.ended();
        if (persistent != null && persistent.server(client, now).equals(Optional.of(server))) {
            remember(client, server, now);
        }
        forget(candidate);
    }

    /** The server did not take a connection that was to begin. */
    public void refused(Endpoint server) {
        Candidate candidate = carrier(server);
        candidate.refused();
        forget(candidate);
    }

    /** What each server carries, those included that carry on after they have left the table. */
    public List<Count> counts() {
        return known.values().stream()
                .map(candidate ->
                        new Count(candidate.endpoint(), candidate.active(), candidate.total(), candidate.failed()))
                .toList();
    }

    /** @param total of connections that were taken */
    public record Count(Endpoint server, long active, long total, long failed) {}

    private Candidate carrier(Endpoint server) {
        Candidate candidate = known.get(server);
        if (candidate == null || candidate.active() == 0) {
            throw new IllegalStateException("no connection was begun with " + server);
        }
        return candidate;
    }

    private void forget(Candidate candidate) {
        if (candidate.active() == 0 && !seated.contains(candidate)) {
            known.remove(candidate.endpoint());
        }
    }

    private void remember(InetAddress client, Endpoint server, long now) {
        if (persistent != null) {
            persistent.remember(client, server, now);
        }
    }
}
