package org.ringfence.network.balance.configuration;

import java.util.ArrayList;
import java.util.List;

/**
 * The words of a {@code real} directive: blanks and commas part them, quotes hold them together. A quote ends at a mark that a
 * blank, a comma or the end follows, so that a request may have quotes inside.
 */
final class RealLine {
    private RealLine() {}

    /** @param start where in the text the word begins, after its quote */
    record Word(String text, int start, boolean quoted) {}

    static List<Word> words(String text) {
        List<Word> words = new ArrayList<>();
        int at = 0;
        while (at < text.length()) {
            char first = text.charAt(at);
            if (parts(first)) {
                at++;
            } else if (first == '"') {
                int end = at + 1;
                while (end < text.length() && !closes(text, end)) {
                    end++;
                }
                words.add(new Word(text.substring(at + 1, end), at + 1, true));
                at = end + 1;
            } else {
                int end = at;
                while (end < text.length() && !parts(text.charAt(end))) {
                    end++;
                }
                words.add(new Word(text.substring(at, end), at, false));
                at = end;
            }
        }
        return words;
    }

    private static boolean closes(String text, int at) {
        return text.charAt(at) == '"' && (at + 1 == text.length() || parts(text.charAt(at + 1)));
    }

    private static boolean parts(char c) {
        return c == ' ' || c == '\t' || c == ',';
    }
}
