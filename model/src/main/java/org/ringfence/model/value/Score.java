package org.ringfence.model.value;

import java.util.OptionalInt;

/**
 * How much something is wanted: a whole number, where one million stands for infinity and arithmetic stays within it
 * (Pacemaker Explained, "Scores"). Plain {@code int}s, because a schedule adds up millions of them.
 */
public final class Score {
    public static final int INFINITY = 1_000_000;

    private Score() {}

    /** Minus infinity wins over plus infinity, and both over everything else. */
    public static int add(int left, int right) {
        if (left <= -INFINITY || right <= -INFINITY) {
            return -INFINITY;
        }
        if (left >= INFINITY || right >= INFINITY) {
            return INFINITY;
        }
        return bounded((long) left + right);
    }

    public static int bounded(long score) {
        return Math.clamp(score, -INFINITY, INFINITY);
    }

    /**
     * Reads {@code INFINITY}, {@code +INFINITY}, {@code -INFINITY} or a whole number, cut to the bounds.
     *
     * @return empty when the text is none of these
     */
    public static OptionalInt parse(String text) {
        return switch (text) {
            case "INFINITY", "+INFINITY", "infinity", "+infinity" -> OptionalInt.of(INFINITY);
            case "-INFINITY", "-infinity", "red" -> OptionalInt.of(-INFINITY);
            case "yellow", "green" -> OptionalInt.of(0);
            default -> number(text);
        };
    }

    /** Reads a score, or takes {@code otherwise} when the text is none. */
    public static int parse(String text, int otherwise) {
        return parse(text).orElse(otherwise);
    }

    private static OptionalInt number(String text) {
        int end = text.startsWith("-") || text.startsWith("+") ? 1 : 0;
        int digits = end;
        while (end < text.length() && Character.isDigit(text.charAt(end))) {
            end++;
        }
        if (end == digits) {
            return OptionalInt.empty();
        }
        if (end - digits > 9) {
            return OptionalInt.of(text.startsWith("-") ? -INFINITY : INFINITY);
        }
        return OptionalInt.of(bounded(Long.parseLong(text.substring(text.startsWith("+") ? 1 : 0, end))));
    }

    public static String text(int score) {
        if (score >= INFINITY) {
            return "INFINITY";
        }
        return score <= -INFINITY ? "-INFINITY" : Integer.toString(score);
    }
}
