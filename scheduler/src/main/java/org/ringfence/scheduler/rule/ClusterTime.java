package org.ringfence.scheduler.rule;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.IsoFields;
import java.util.Optional;
import java.util.SequencedMap;

/** Points in time as a configuration writes them: ISO 8601 with calendar, week or ordinal dates; without a zone, UTC. */
public final class ClusterTime {
    private ClusterTime() {}

    public static Optional<Instant> parse(String written) {
        String text = written.strip();
        try {
            int split = text.indexOf('T');
            if (split < 0) {
                split = text.indexOf(' ');
            }
            LocalDate date = date(split < 0 ? text : text.substring(0, split));
            String rest = split < 0 ? "" : text.substring(split + 1).strip();
            if (rest.isEmpty()) {
                return Optional.of(date.atStartOfDay(ZoneOffset.UTC).toInstant());
            }
            ZoneOffset offset = ZoneOffset.UTC;
            int zone = Math.max(rest.indexOf('Z'), Math.max(rest.indexOf('+'), rest.indexOf('-')));
            if (zone >= 0) {
                offset = ZoneOffset.of(rest.substring(zone).strip());
                rest = rest.substring(0, zone).strip();
            }
            return Optional.of(OffsetDateTime.of(date, time(rest), offset).toInstant());
        } catch (DateTimeException | NumberFormatException notATime) {
            return Optional.empty();
        }
    }

    private static LocalDate date(String text) {
        if (text.contains("W")) {
            return LocalDate.parse(
                    text, text.contains("-") ? DateTimeFormatter.ISO_WEEK_DATE : DateTimeFormatter.BASIC_ISO_DATE);
        }
        if (text.length() == 8 && text.indexOf('-') == 4) {
            return LocalDate.parse(text, DateTimeFormatter.ISO_ORDINAL_DATE);
        }
        if (text.indexOf('-') < 0) {
            return text.length() == 7
                    ? LocalDate.ofYearDay(Integer.parseInt(text.substring(0, 4)), Integer.parseInt(text.substring(4)))
                    : LocalDate.parse(text, DateTimeFormatter.BASIC_ISO_DATE);
        }
        String[] parts = text.split("-");
        return LocalDate.of(
                Integer.parseInt(parts[0]),
                Integer.parseInt(parts[1]),
                parts.length > 2 ? Integer.parseInt(parts[2]) : 1);
    }

    private static LocalTime time(String text) {
        if (text.indexOf(':') < 0) {
            return LocalTime.of(
                    Integer.parseInt(text.substring(0, 2)),
                    text.length() >= 4 ? Integer.parseInt(text.substring(2, 4)) : 0,
                    text.length() >= 6 ? Integer.parseInt(text.substring(4, 6)) : 0);
        }
        return LocalTime.parse(text.length() == 4 ? "0" + text : text);
    }

    /** A point in time that lies {@code duration} after {@code start}; unknown units count as nothing. */
    static Instant plus(Instant start, SequencedMap<String, String> duration) {
        ZonedDateTime end = start.atZone(ZoneOffset.UTC);
        for (var amount : duration.entrySet()) {
            long value;
            try {
                value = Long.parseLong(amount.getValue().strip());
            } catch (NumberFormatException notANumber) {
                continue;
            }
            end = switch (amount.getKey()) {
                case "seconds" -> end.plusSeconds(value);
                case "minutes" -> end.plusMinutes(value);
                case "hours" -> end.plusHours(value);
                case "days" -> end.plusDays(value);
                case "weeks" -> end.plusWeeks(value);
                case "months" -> end.plusMonths(value);
                case "years" -> end.plusYears(value);
                default -> end;
            };
        }
        return end.toInstant();
    }

    /** Whether each unit of {@code now} lies in the range that is given for it ({@code 9-16}, {@code 5}, {@code 5-}). */
    static boolean matches(Instant now, SequencedMap<String, String> specification) {
        ZonedDateTime time = now.atZone(ZoneOffset.UTC);
        for (var range : specification.entrySet()) {
            int value = switch (range.getKey()) {
                case "seconds" -> time.getSecond();
                case "minutes" -> time.getMinute();
                case "hours" -> time.getHour();
                case "monthdays" -> time.getDayOfMonth();
                case "weekdays" -> time.getDayOfWeek().getValue();
                case "yeardays" -> time.getDayOfYear();
                case "months" -> time.getMonthValue();
                case "weeks" -> time.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR);
                case "years" -> time.getYear();
                case "weekyears" -> time.get(IsoFields.WEEK_BASED_YEAR);
                default -> -1;
            };
            if (value >= 0 && !inRange(value, range.getValue())) {
                return false;
            }
        }
        return true;
    }

    private static boolean inRange(int value, String range) {
        try {
            int dash = range.indexOf('-');
            if (dash < 0) {
                return value == Integer.parseInt(range.strip());
            }
            String low = range.substring(0, dash).strip();
            String high = range.substring(dash + 1).strip();
            return (low.isEmpty() || value >= Integer.parseInt(low))
                    && (high.isEmpty() || value <= Integer.parseInt(high));
        } catch (NumberFormatException notARange) {
            return false;
        }
    }
}
