package org.ringfence.model.value;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Period;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.OptionalLong;

/**
 * Spans of time as a configuration writes them: {@code 30}, {@code 30s}, {@code 500ms}, {@code 2min}, {@code 1h} or an ISO 8601
 * duration {@code PT1M30S} (Pacemaker Explained, "Time Specification"). A bare number means seconds.
 */
public final class TimeSpan {
    private TimeSpan() {}

    /** @return milliseconds, empty when the text is no span of time */
    public static OptionalLong parseMillis(String written) {
        String text = written.strip();
        if (text.startsWith("P")) {
            return iso(text);
        }
        int end = 0;
        while (end < text.length()
                && (Character.isDigit(text.charAt(end)) || (end == 0 && "+-".indexOf(text.charAt(0)) >= 0))) {
            end++;
        }
        if (end == 0 || end > 15 || !Character.isDigit(text.charAt(end - 1))) {
            return "INFINITY".equals(text) ? OptionalLong.of(Long.MAX_VALUE / 2_000_000) : OptionalLong.empty();
        }
        long number = Long.parseLong(text.substring(0, end));
        return switch (text.substring(end).strip().toLowerCase(Locale.ROOT)) {
            case "", "s", "sec" -> OptionalLong.of(number * 1000);
            case "ms", "msec" -> OptionalLong.of(number);
            case "us", "usec" -> OptionalLong.of(number / 1000);
            case "m", "min" -> OptionalLong.of(number * 60_000);
            case "h", "hr" -> OptionalLong.of(number * 3_600_000);
            case "d" -> OptionalLong.of(number * 86_400_000);
            default -> OptionalLong.empty();
        };
    }

    public static long parseMillis(String text, long otherwise) {
        return parseMillis(text).orElse(otherwise);
    }

    /** Where hours, minutes and seconds begin; before hours and seconds, which cannot be taken for days, the T may be missing. */
    private static int timeStart(String text) {
        int marked = text.indexOf('T');
        if (marked >= 0 || !(text.endsWith("S") || text.endsWith("H"))) {
            return marked;
        }
        int start = text.length() - 1;
        while (Character.isDigit(text.charAt(start - 1))) {
            start--;
        }
        return start;
    }

    /** Years count 365 days and months 30, as nothing says from when they run. */
    private static OptionalLong iso(String text) {
        try {
            int time = timeStart(text);
            String days = time < 0 ? text : text.substring(0, time);
            Period period = days.equals("P") ? Period.ZERO : Period.parse(days);
            Duration duration = time < 0
                    ? Duration.ZERO
                    : Duration.parse("PT" + text.substring(time).replace("T", ""));
            return OptionalLong.of(
                    (period.toTotalMonths() / 12 * 365 + period.toTotalMonths() % 12 * 30 + period.get(ChronoUnit.DAYS))
                                    * 86_400_000
                            + duration.toMillis());
        } catch (DateTimeException | ArithmeticException notASpan) {
            return OptionalLong.empty();
        }
    }
}
