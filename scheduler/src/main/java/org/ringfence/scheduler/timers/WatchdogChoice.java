package org.ringfence.scheduler.timers;

import static org.ringfence.scheduler.timers.Timers.text;

import java.util.List;
import java.util.Optional;
import org.ringfence.model.watchdog.WatchdogFact;
import org.ringfence.model.watchdog.WatchdogRange;
import org.ringfence.scheduler.timers.Link.Origin;

/** Which timeout the watchdogs have, or should have. */
final class WatchdogChoice {
    private static final long SECOND = 1_000;

    private WatchdogChoice() {}

    /** The longest that fits and that every node's driver takes; where none fits, the shortest that all take. */
    static Link link(Given given, Optional<Long> other, long limitMs, String within, long roomMs) {
        if (other.isPresent()) {
            return new Link("watchdog timeout", Given.WATCHDOG, other.get(), "supposed", Origin.DERIVED, false);
        }
        Optional<Long> fixed = given.fixed(Given.WATCHDOG);
        if (fixed.isPresent()) {
            return Link.byHand("watchdog timeout", Given.WATCHDOG, fixed.get(), false);
        }
        Optional<Long> told = given.nodes().stream()
                .flatMap(node -> node.inForceMs().stream())
                .max(Long::compare);
        if (told.isPresent()) {
            return new Link(
                    "watchdog timeout",
                    Given.WATCHDOG,
                    told.get(),
                    "the longest that a guard's watchdog has",
                    Origin.MEASURED,
                    false);
        }
        String half = "half of " + within + " of " + text(roomMs) + " at the most";
        for (long seconds = limitMs / SECOND; seconds >= 1; seconds--) {
            if (allTake(given, seconds)) {
                String down = seconds == limitMs / SECOND ? "" : ", and the next below that all watchdogs take";
                return new Link(
                        "watchdog timeout", Given.WATCHDOG, seconds * SECOND, half + down, Origin.DERIVED, false);
            }
        }
        long shortest = Math.max(
                1, ranges(given).stream().mapToLong(WatchdogRange::min).max().orElse(1));
        for (long seconds = shortest; seconds < shortest + 3_600; seconds++) {
            if (allTake(given, seconds)) {
                return new Link(
                        "watchdog timeout",
                        Given.WATCHDOG,
                        seconds * SECOND,
                        half + "; but the shortest that all watchdogs take is " + seconds + " s",
                        Origin.MEASURED,
                        false);
            }
        }
        return new Link(
                "watchdog timeout",
                Given.WATCHDOG,
                shortest * SECOND,
                "no timeout is taken by the watchdogs of all nodes",
                Origin.MEASURED,
                false);
    }

    private static boolean allTake(Given given, long seconds) {
        return ranges(given).stream().allMatch(range -> range.takes(seconds));
    }

    private static List<WatchdogRange> ranges(Given given) {
        return given.nodes().stream()
                .flatMap(node -> node.watchdog().flatMap(WatchdogFact::range).stream())
                .toList();
    }
}
