package org.ringfence.network.balance.choice;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * {@code wrr}: by turns, each as often as it weighs, as evenly spread as can be. At each turn everybody's credit grows by the own
 * weight, the highest is chosen, and pays what all together were given.
 */
final class WeightedRoundRobin implements Turn {

    @Override
    public Optional<Candidate> next(List<Candidate> all, Predicate<Candidate> eligible, InetAddress client, long now) {
        Candidate best = null;
        long given = 0;
        for (Candidate candidate : all) {
            if (eligible.test(candidate)) {
                candidate.credit += candidate.weight();
                given += candidate.weight();
                if (best == null || candidate.credit > best.credit) {
                    best = candidate;
                }
            } else {
                // Who is away saves nothing up.
                candidate.credit = 0;
            }
        }
        if (best != null) {
            best.credit -= given;
        }
        return Optional.ofNullable(best);
    }
}
