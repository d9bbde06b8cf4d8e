package org.ringfence.network.balance.choice;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.ringfence.network.balance.service.Scheduler;

/** A scheduler of the built-in director, by the names of ipvsadm(8). */
interface Turn {

    /**
     * @param all      every server of the service, in a fixed order
     * @param eligible who may be chosen; each of those has a weight above 0
     * @param now      milliseconds
     */
    Optional<Candidate> next(List<Candidate> all, Predicate<Candidate> eligible, InetAddress client, long now);

    /** For a name that is not built in: the default, {@code wrr}. Who reads a configuration says so. */
    static Turn of(Scheduler scheduler) {
        return switch (scheduler.name()) {
            case "rr" -> new RoundRobin();
            case "lc" -> new LeastConnection(false);
            case "wlc" -> new LeastConnection(true);
            case "sh" -> new SourceHash();
            default -> new WeightedRoundRobin();
        };
    }
}
