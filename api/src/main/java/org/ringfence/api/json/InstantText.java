package org.ringfence.api.json;

import java.time.Instant;

/**
 * Reads points in time as {@link Instant#toString} writes them. The patterns of java.time, which read all other forms, take
 * longer to prepare than a short command takes to run.
 */
final class InstantText {
    private static final String SHAPE = "0000-00-00T00:00:00";
    private static final int NANO_DIGITS = 9;
    private static final int[] DAYS_BEFORE_MONTH = {0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334, 365};
    private static final int DAYS_BEFORE_1970 = 719_528;

    private InstantText() {}

    /** @throws java.time.format.DateTimeParseException when it is not one */
    static Instant parse(String text) {
        if (!isUsual(text)) {
            return Instant.parse(text);
        }
        int year = number(text, 0, 4);
        int month = number(text, 5, 7);
        int day = number(text, 8, 10);
        int hour = number(text, 11, 13);
        int minute = number(text, 14, 16);
        int second = number(text, 17, 19);
        if (!isDay(year, month, day) || hour > 23 || minute > 59 || second > 59) {
            return Instant.parse(text);
        }
        long days = daysBefore(year) + DAYS_BEFORE_MONTH[month - 1] + (month > 2 && isLeap(year) ? 1 : 0) + day - 1;
        return Instant.ofEpochSecond(((days * 24 + hour) * 60 + minute) * 60 + second, nanos(text));
    }

    private static boolean isDay(int year, int month, int day) {
        if (month < 1 || month > 12 || day < 1) {
            return false;
        }
        int most = DAYS_BEFORE_MONTH[month] - DAYS_BEFORE_MONTH[month - 1];
        return day <= most + (month == 2 && isLeap(year) ? 1 : 0);
    }

    /** Of the Gregorian calendar; java.time's own answer would prepare its patterns too. */
    private static boolean isLeap(int year) {
        return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    }

    /** From the first of January 1970 to that of {@code year}, which is not negative; the years before it that leap count one more. */
    private static long daysBefore(int year) {
        int leaps = (year + 3) / 4 - (year + 99) / 100 + (year + 399) / 400;
        return 365L * year + leaps - DAYS_BEFORE_1970;
    }

    /** Digits where {@link #SHAPE} has them, its marks between, perhaps a fraction, and a Z. */
    private static boolean isUsual(String text) {
        int last = text.length() - 1;
        if (last < SHAPE.length() || text.charAt(last) != 'Z') {
            return false;
        }
        for (int index = 0; index < SHAPE.length(); index++) {
            char mark = SHAPE.charAt(index);
            char found = text.charAt(index);
            if (mark == '0' ? !isDigit(found) : found != mark) {
                return false;
            }
        }
        int digits = last - SHAPE.length() - 1;
        boolean fraction = digits >= 1 && digits <= NANO_DIGITS && text.charAt(SHAPE.length()) == '.';
        for (int index = SHAPE.length() + 1; fraction && index < last; index++) {
            fraction = isDigit(text.charAt(index));
        }
        return fraction || last == SHAPE.length();
    }

    private static int nanos(String text) {
        int last = text.length() - 1;
        int nanos = 0;
        for (int place = 0; place < NANO_DIGITS; place++) {
            int index = SHAPE.length() + 1 + place;
            nanos = 10 * nanos + (index < last ? text.charAt(index) - '0' : 0);
        }
        return nanos;
    }

    private static int number(String text, int begin, int end) {
        int number = 0;
        for (int index = begin; index < end; index++) {
            number = 10 * number + text.charAt(index) - '0';
        }
        return number;
    }

    private static boolean isDigit(char found) {
        return found >= '0' && found <= '9';
    }
}
