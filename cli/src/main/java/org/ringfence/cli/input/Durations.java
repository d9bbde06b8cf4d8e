package org.ringfence.cli.input;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Durations as people write them: {@code 90s}, {@code 10m}, {@code 1h30m}, {@code 2d}; also ISO 8601, {@code PT10M}. */
public final class Durations {
    private static final Pattern PART = Pattern.compile("(\\d{1,9})(ms|s|min|m|h|d)");

    private Durations() {}

    /** @throws IllegalArgumentException when it is none, or nothing long; the message is for the person who wrote it */
    public static Duration parse(String text) {
        Duration duration = text.startsWith("P") ? iso(text) : parts(text);
        if (!duration.isPositive()) {
            throw new IllegalArgumentException("'" + text + "' is not longer than nothing");
        }
        return duration;
    }

    private static Duration iso(String text) {
        try {
            return Duration.parse(text);
        } catch (DateTimeParseException e) {
            throw unusable(text, e);
        }
    }

    private static Duration parts(String text) {
        Matcher part = PART.matcher(text);
        Duration sum = Duration.ZERO;
        int end = 0;
        while (part.find() && part.start() == end) {
            sum = sum.plus(unit(part.group(2)).multipliedBy(Long.parseLong(part.group(1))));
            end = part.end();
        }
        if (text.isEmpty() || end < text.length()) {
            throw unusable(text, null);
        }
        return sum;
    }

    private static Duration unit(String unit) {
        return switch (unit) {
            case "ms" -> Duration.ofMillis(1);
            case "s" -> Duration.ofSeconds(1);
            case "m", "min" -> Duration.ofMinutes(1);
            case "h" -> Duration.ofHours(1);
            default -> Duration.ofDays(1);
        };
    }

    private static IllegalArgumentException unusable(String text, @Nullable Throwable cause) {
        return new IllegalArgumentException(
                "'" + text + "' is not a duration; write one with its unit, such as 90s, 10m, 1h30m or 2d", cause);
    }
}
