package org.ringfence.network.balance.choice;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** {@code lc} and {@code wlc}: who carries least, in proportion to what it weighs or not; of equals the one that was not chosen for longest. */
final class LeastConnection implements Turn {
    private final boolean weighted;
    private int last = -1;

    LeastConnection(boolean weighted) {
        this.weighted = weighted;
    }

    @Override
    public Optional<Candidate> next(List<Candidate> all, Predicate<Candidate> eligible, InetAddress client, long now) {
        int best = -1;
        for (int step = 1; step <= all.size(); step++) {
            int index = (Math.min(last, all.size() - 1) + step) % all.size();
            Candidate candidate = all.get(index);
            if (eligible.test(candidate) && (best < 0 || isLess(candidate, all.get(best), now))) {
                best = index;
            }
        }
        if (best < 0) {
            return Optional.empty();
        }
        last = best;
        return Optional.of(all.get(best));
    }

    /** Compared without dividing, as weights are small and burdens are not. */
    private boolean isLess(Candidate one, Candidate other, long now) {
        long oneWeight = weighted ? one.weight() : 1;
        long otherWeight = weighted ? other.weight() : 1;
        return one.burden(now) * otherWeight < other.burden(now) * oneWeight;
    }
}
