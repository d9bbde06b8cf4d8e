package org.ringfence.model.watchdog;

import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The timeouts that a watchdog takes as they are asked for: {@code min}, {@code min + step} and so on, up to {@code max}. As
 * text: {@code 1-65535}, {@code 10-600/10}.
 *
 * @param min  in seconds, at least 1
 * @param max  in seconds, at least {@code min}
 * @param step in seconds, at least 1
 */
public record WatchdogRange(int min, int max, int step) {
    private static final Pattern TEXT = Pattern.compile("(\\d{1,9})-(\\d{1,9})(?:/(\\d{1,9}))?");

    public WatchdogRange {
        if (min < 1 || max < min || step < 1) {
            throw new IllegalArgumentException("no range of timeouts: " + min + "-" + max + "/" + step);
        }
    }

    public static Optional<WatchdogRange> parse(String text) {
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        int min = Integer.parseInt(matcher.group(1));
        int max = Integer.parseInt(matcher.group(2));
        int step = matcher.group(3) == null ? 1 : Integer.parseInt(matcher.group(3));
        return min < 1 || max < min || step < 1 ? Optional.empty() : Optional.of(new WatchdogRange(min, max, step));
    }

    public boolean takes(long seconds) {
        return seconds >= min && seconds <= max && (seconds - min) % step == 0;
    }

    /** The nearest that it takes, below and above, ascending; the value alone when it takes it. */
    public List<Integer> nearest(long seconds) {
        var nearest = new TreeSet<Integer>();
        int highest = max - (max - min) % step;
        if (seconds <= min) {
            nearest.add(min);
        } else if (seconds >= highest) {
            nearest.add(highest);
        } else {
            int below = (int) (seconds - (seconds - min) % step);
            nearest.add(below);
            if (below != seconds) {
                nearest.add(below + step);
            }
        }
        return List.copyOf(nearest);
    }

    /** The least that it takes and that is not below {@code seconds}; empty when all are. */
    public Optional<Integer> atLeast(long seconds) {
        return nearest(seconds).stream().filter(value -> value >= seconds).findFirst();
    }

    @Override
    public String toString() {
        return min + "-" + max + (step == 1 ? "" : "/" + step);
    }
}
