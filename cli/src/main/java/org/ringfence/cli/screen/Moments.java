package org.ringfence.cli.screen;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.TimeZone;

/**
 * Points in time as a person reads them, seen from one of them.
 *
 * @param now  the moment that is the reader's present
 * @param zone the reader's
 */
public record Moments(Instant now, TimeZone zone) {

    /** What clocks in the reader's zone show at {@code moment}. */
    LocalDateTime local(Instant moment) {
        int seconds = zone.getOffset(moment.toEpochMilli()) / 1000;
        return LocalDateTime.ofEpochSecond(
                moment.getEpochSecond(), moment.getNano(), ZoneOffset.ofTotalSeconds(seconds));
    }

    /** {@code 14:05:09}, with its day when that is not today. */
    public String at(Instant moment) {
        LocalDateTime local = local(moment);
        // Patterns of java.time take longer to prepare than the rest of a screen.
        var text = new StringBuilder();
        if (!local.toLocalDate().equals(local(now).toLocalDate())) {
            text.append(local.toLocalDate()).append(' ');
        }
        twoDigits(text, local.getHour()).append(':');
        twoDigits(text, local.getMinute()).append(':');
        return twoDigits(text, local.getSecond()).toString();
    }

    private static StringBuilder twoDigits(StringBuilder text, int number) {
        return text.append((char) ('0' + number / 10)).append((char) ('0' + number % 10));
    }

    /** {@code 3 min ago}. */
    public String ago(Instant moment) {
        return span(Duration.between(moment, now)) + " ago";
    }

    /** The largest unit that says enough: {@code 12 s}, {@code 3 min}, {@code 5 h}, {@code 2 d}. */
    public static String span(Duration duration) {
        long seconds = Math.max(0, duration.toSeconds());
        if (seconds < 120) {
            return seconds + " s";
        }
        if (seconds < 2 * 3600) {
            return seconds / 60 + " min";
        }
        return seconds < 2 * 86_400 ? seconds / 3600 + " h" : seconds / 86_400 + " d";
    }
}
