package org.ringfence.language;

/** A statement while it is being written; its further lines begin with a tabulator. */
final class Line {
    private static final String BARE = "_.:/,+%@=-";

    private final StringBuilder text;
    private boolean fresh;

    Line(String keyword) {
        this.text = new StringBuilder(keyword);
    }

    /** A word of the language, as it stands. */
    Line word(String word) {
        if (!fresh) {
            text.append(' ');
        }
        text.append(word);
        fresh = false;
        return this;
    }

    /** A new line that begins with {@code word}, which may be empty. */
    Line next(String word) {
        text.append(" \\\n\t");
        fresh = true;
        return word.isEmpty() ? this : word(word);
    }

    Line pair(String name, String value) {
        return word(name + "=" + inQuotes(value));
    }

    /** A word that somebody chose, in quotes where it needs them. */
    Line quoted(String word) {
        return word(inQuotes(word));
    }

    /** Bare when it has only letters, digits and what cannot be mistaken; else in double quotes, or single ones if it has a backslash. */
    static String inQuotes(String value) {
        boolean bare = !value.isEmpty()
                && value.chars()
                        .allMatch(one -> (one >= 'a' && one <= 'z')
                                || (one >= 'A' && one <= 'Z')
                                || (one >= '0' && one <= '9')
                                || BARE.indexOf(one) >= 0);
        if (bare) {
            return value;
        }
        if (value.indexOf('\\') >= 0 && value.indexOf('\'') < 0) {
            return "'" + value + "'";
        }
        return '"' + value.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
