package org.ringfence.cli.input;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/**
 * Points in time as people write them, seen from {@code now} in {@code zone}: a duration before now ({@code 10m}), a time of day
 * ({@code 14:05}; yesterday's if today's is still to come), a day, both, seconds since 1970 with an {@code @}, or ISO 8601 with its
 * offset.
 */
public record PointsInTime(Instant now, ZoneId zone) {
    private static final DateTimeFormatter DAY_AND_TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd['T'][' ']HH:mm[:ss]", Locale.ROOT);

    /** @throws IllegalArgumentException when it is none; the message is for the person who wrote it */
    public Instant parse(String text) {
        if (text.matches("@\\d{1,12}")) {
            return Instant.ofEpochSecond(Long.parseLong(text.substring(1)));
        }
        List<Function<String, Instant>> ways = List.of(
                Instant::parse,
                one -> OffsetDateTime.parse(one).toInstant(),
                one -> OffsetDateTime.parse(one.replace(' ', 'T')).toInstant(),
                one -> LocalDateTime.parse(one, DAY_AND_TIME).atZone(zone).toInstant(),
                one -> LocalDate.parse(one).atStartOfDay(zone).toInstant(),
                one -> lastTimeOfDay(LocalTime.parse(one)));
        for (Function<String, Instant> way : ways) {
            Optional<Instant> moment = attempt(way, text);
            if (moment.isPresent()) {
                return moment.get();
            }
        }
        return now.minus(span(text));
    }

    private Instant lastTimeOfDay(LocalTime time) {
        ZonedDateTime today = ZonedDateTime.of(LocalDate.ofInstant(now, zone), time, zone);
        return (today.toInstant().isAfter(now) ? today.minusDays(1) : today).toInstant();
    }

    private static Optional<Instant> attempt(Function<String, Instant> way, String text) {
        try {
            return Optional.of(way.apply(text));
        } catch (DateTimeParseException _) {
            return Optional.empty();
        }
    }

    private static Duration span(String text) {
        try {
            return Durations.parse(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "'" + text
                            + "' is not a point in time; write 10m (ago), 14:05, 2026-03-01 14:05 or"
                            + " 2026-03-01T14:05:00Z",
                    e);
        }
    }
}
