package org.ringfence.scheduler.timers;

import java.util.List;
import java.util.Optional;
import org.ringfence.model.cib.Cib;
import org.ringfence.model.problem.Problem;

/**
 * A cluster's timers as a chain: what each is, how it comes about, and what they add up to.
 *
 * <p>A lost node's resources are served again after: detection, agreement on a view without it, fencing, start. The target is
 * divided in that order. Agreement and start are what they are; of the rest detection gets a quarter, between 1 and 5 s and never
 * less than twice the longest pause of a node that was slow and not dead; fencing gets what is left.
 *
 * <ul>
 *   <li>Through a shared disk fencing takes msgwait. The watchdog must have bitten before that even if the victim lost the disk in
 *       the moment after it read it: watchdog + 2 loops + 1 s at the most, and half of msgwait as a rule of the field.
 *   <li>By the watchdog alone it takes the diskless wait. The victim's guard feeds on until it has noticed that it is alone,
 *       which is detection; then the watchdog runs: detection + watchdog + 1 s at the most, and twice the watchdog by the same rule.
 *   <li>By a device it takes what the device takes.
 * </ul>
 *
 * @param targetMs   what recovery is to take at the most
 * @param targetSet  whether the cluster says so; else a default is assumed, and missing it is no problem
 * @param recoveryMs what it takes as things are
 * @param problems   what contradicts what
 */
public record Timers(
        String path, long targetMs, boolean targetSet, List<Link> chain, long recoveryMs, List<Problem> problems) {
    private static final long SECOND = 1_000;

    public Timers {
        chain = List.copyOf(chain);
        problems = List.copyOf(problems);
    }

    /** @param cib with its status, as far as it is known */
    public static Timers of(Cib cib) {
        return of(Given.of(cib));
    }

    /** As {@link #of(Cib)}, for another target. */
    public static Timers of(Cib cib, long targetMs) {
        Given given = Given.of(cib);
        return of(new Given(
                given.path(),
                Optional.of(targetMs),
                given.byHand(),
                given.nodes(),
                given.deviceMs(),
                given.startMs(),
                given.repeated()));
    }

    private static Timers of(Given given) {
        Plan plan = Plan.of(given, Optional.empty());
        return new Timers(
                switch (given.path()) {
                    case DEVICE -> "a fence device";
                    case SHARED_DISK -> "a message on a shared disk";
                    case DISKLESS -> "the watchdog alone";
                },
                plan.targetMs,
                given.targetMs().isPresent(),
                plan.chain,
                plan.recoveryMs(),
                new Contradictions(given, plan).list());
    }

    /** {@code 12 s}, {@code 1.5 s}, {@code 80 ms}. */
    public static String text(long millis) {
        if (millis != 0 && Math.abs(millis) < SECOND) {
            return millis + " ms";
        }
        long tenths = Math.round(millis / 100.0);
        return tenths % 10 == 0 ? tenths / 10 + " s" : tenths / 10 + "." + tenths % 10 + " s";
    }
}
