package org.ringfence.controller.selffencing;

import java.time.Duration;
import java.util.Optional;

/**
 * What a node with an armed guard promises its peers: that it is dead at most {@link #bound} after its last sign, by
 * {@link GuardRule}. It goes with the node's answer to a proposal, and with its questions, so that whoever could give the node up
 * has heard of it.
 *
 * @param hold        how long the guard goes on feeding after a good sign; positive
 * @param watchdog    the timeout that the driver has really taken, as it was read back; positive
 * @param disks       how many shared disks the guard watches, 0 to 3; with any of them it feeds without a lease while it can read
 *     enough
 * @param messageWait how long who fences through those disks waits after writing, as their header says; zero without disks
 */
public record GuardPromise(Duration hold, Duration watchdog, int disks, Duration messageWait) {
    private static final int PARTS = 4;

    public GuardPromise {
        if (!hold.isPositive() || !watchdog.isPositive() || messageWait.isNegative()) {
            throw new IllegalArgumentException("times of a guard must be positive: " + hold + ", " + watchdog);
        }
        if (disks < 0 || disks > 3) {
            throw new IllegalArgumentException("there are 0 to 3 disks, not " + disks);
        }
    }

    /** By the node's own clocks: the last feed is less than {@code hold} after the sign, and the watchdog fires then. */
    public Duration bound() {
        return hold.plus(watchdog);
    }

    /** As the value of a fact: four numbers, times in milliseconds. */
    public String text() {
        return hold.toMillis() + " " + watchdog.toMillis() + " " + disks + " " + messageWait.toMillis();
    }

    /** Empty when it is none: then nothing was promised. */
    public static Optional<GuardPromise> read(String text) {
        String[] parts = text.split(" ");
        if (parts.length != PARTS) {
            return Optional.empty();
        }
        try {
            return Optional.of(new GuardPromise(
                    Duration.ofMillis(Long.parseLong(parts[0])),
                    Duration.ofMillis(Long.parseLong(parts[1])),
                    Integer.parseInt(parts[2]),
                    Duration.ofMillis(Long.parseLong(parts[3]))));
        } catch (IllegalArgumentException unreadable) {
            return Optional.empty();
        }
    }
}
