package org.ringfence.network.balance.configuration;

import java.util.OptionalInt;

/** Whole numbers in decimal digits. */
final class Numbers {
    private static final int DIGITS_MAX = 10;

    private Numbers() {}

    static OptionalInt parse(String text, int least, int most) {
        if (!isDigits(text) || text.length() > DIGITS_MAX) {
            return OptionalInt.empty();
        }
        long number = Long.parseLong(text);
        return number < least || number > most ? OptionalInt.empty() : OptionalInt.of((int) number);
    }

    static boolean isDigits(String text) {
        return !text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9');
    }
}
