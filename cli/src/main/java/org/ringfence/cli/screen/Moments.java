package org.ringfence.cli.screen;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * Points in time as a person reads them, seen from one of them.
 *
 * @param now  the moment that is the reader's present
 * @param zone the reader's
 */
public record Moments(Instant now, ZoneId zone) {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);
    private static final DateTimeFormatter DAY_AND_TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT);

    /** {@code 14:05:09}, with its day when that is not today. */
    public String at(Instant moment) {
        ZonedDateTime local = moment.atZone(zone);
        boolean today = local.toLocalDate().equals(LocalDate.ofInstant(now, zone));
        return local.format(today ? TIME : DAY_AND_TIME);
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
