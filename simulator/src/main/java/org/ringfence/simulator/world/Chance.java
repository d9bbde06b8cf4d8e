package org.ringfence.simulator.world;

import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;

/** All that is left to chance in a simulation, from its seed. */
public final class Chance {
    private final SplittableRandom random;

    public Chance(long seed) {
        this(new SplittableRandom(seed));
    }

    private Chance(SplittableRandom random) {
        this.random = random;
    }

    /** Chance of its own for another part of the world, so that one part's draws do not shift those of another. */
    public Chance split() {
        return new Chance(random.split());
    }

    /** @param probability from 0 (never) to 1 (always) */
    public boolean happens(double probability) {
        return random.nextDouble() < probability;
    }

    /** From {@code least} to {@code most}, both included. */
    public int between(int least, int most) {
        return random.nextInt(least, most + 1);
    }

    /** In milliseconds, both ends included. */
    public Duration millis(int least, int most) {
        return Duration.ofMillis(between(least, most));
    }

    public <T> T oneOf(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    /** Bits that look as if by chance and follow from {@code seed} alone: asking for them leaves every source as it is. */
    static long mixed(long seed) {
        long mixed = (seed ^ (seed >>> 30)) * 0xbf58476d1ce4e5b9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94d049bb133111ebL;
        return mixed ^ (mixed >>> 31);
    }
}
