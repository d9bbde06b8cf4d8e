package org.ringfence.network.balance.choice;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * {@code sh}: a client's address decides, in proportion to the weights. Each server draws a number from the client's address and its
 * own, and the best draw wins (weighted rendezvous hashing): when a server goes, only its own clients move.
 */
final class SourceHash implements Turn {

    @Override
    public Optional<Candidate> next(List<Candidate> all, Predicate<Candidate> eligible, InetAddress client, long now) {
        Candidate best = null;
        double bestDraw = 0;
        long source = hash(0, client.getAddress());
        for (Candidate candidate : all) {
            if (eligible.test(candidate)) {
                long hash = hash(source, candidate.endpoint().address().getAddress())
                        + candidate.endpoint().port();
                // Evenly in (0, 1); the logarithm makes the chance of the best proportional to the weight.
                double even = ((mix(hash) >>> 11) + 0.5) / (1L << 53);
                double draw = candidate.weight() / -Math.log(even);
                if (best == null || draw > bestDraw) {
                    best = candidate;
                    bestDraw = draw;
                }
            }
        }
        return Optional.ofNullable(best);
    }

    private static long hash(long seed, byte[] bytes) {
        long hash = seed;
        for (byte b : bytes) {
            hash = mix(hash + b);
        }
        return hash;
    }

    /** The finalizer of SplitMix64: every bit of the input changes about half of those of the output. */
    private static long mix(long value) {
        long z = value + 0x9e37_79b9_7f4a_7c15L;
        z = (z ^ (z >>> 30)) * 0xbf58_476d_1ce4_e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d0_49bb_1331_11ebL;
        return z ^ (z >>> 31);
    }
}
