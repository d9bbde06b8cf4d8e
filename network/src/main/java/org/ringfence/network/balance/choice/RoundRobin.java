package org.ringfence.network.balance.choice;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** {@code rr}: one after the other, whatever they weigh. */
final class RoundRobin implements Turn {
    private int last = -1;

    @Override
    public Optional<Candidate> next(List<Candidate> all, Predicate<Candidate> eligible, InetAddress client, long now) {
        for (int step = 1; step <= all.size(); step++) {
            int index = (Math.min(last, all.size() - 1) + step) % all.size();
            if (eligible.test(all.get(index))) {
                last = index;
                return Optional.of(all.get(index));
            }
        }
        return Optional.empty();
    }
}
