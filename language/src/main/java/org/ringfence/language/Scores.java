package org.ringfence.language;

import java.util.Locale;
import java.util.Optional;

/** Scores as the text has them: {@code inf} for infinity, and a colon behind. */
final class Scores {
    private Scores() {}

    /** As a CIB has it; empty when it is neither a whole number nor infinity. */
    static Optional<String> read(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "inf", "+inf", "infinity", "+infinity" -> Optional.of("INFINITY");
            case "-inf", "-infinity" -> Optional.of("-INFINITY");
            default -> isNumber(text) ? Optional.of(text) : Optional.empty();
        };
    }

    static String write(String score) {
        return switch (score) {
            case "INFINITY", "+INFINITY" -> "inf";
            case "-INFINITY" -> "-inf";
            default -> score;
        };
    }

    /** Whether this is how a score stands before what it applies to. */
    static boolean standsIn(Word word) {
        return !word.quoted() && word.text().endsWith(":") && word.text().length() > 1 && !word.isPair();
    }

    private static boolean isNumber(String text) {
        int from = text.startsWith("-") || text.startsWith("+") ? 1 : 0;
        return from < text.length() && text.substring(from).chars().allMatch(one -> one >= '0' && one <= '9');
    }
}
