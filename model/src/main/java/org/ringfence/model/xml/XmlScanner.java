package org.ringfence.model.xml;

import org.jspecify.annotations.Nullable;
import org.ringfence.model.problem.Place;
import org.ringfence.model.problem.Problem;
import org.ringfence.model.problem.UnusableInputException;

/** The pieces that XML is made of: names, quoted values, character data; and where in the text they stand. */
final class XmlScanner {
    private static final int LARGEST_POOL = 1 << 17;
    private static final int POOLED_LENGTH = 80;
    private static final boolean[] NAME_PART = new boolean[128];

    static {
        for (char character = 0; character < NAME_PART.length; character++) {
            NAME_PART[character] = isOtherNamePart(character);
        }
    }

    private final String text;
    private final String file;
    /** Names and short values come again and again: one of each is kept, as many as fit. */
    private final @Nullable String[] pool;

    private int at;
    /** Line and start of the line are carried forward to {@link #seen} only when a place is asked for. */
    private int line = 1;

    private int lineStart;
    private int seen;

    XmlScanner(String text, String file) {
        this.text = text;
        this.file = file;
        int wanted = Math.clamp(text.length() / 256, 1 << 8, LARGEST_POOL);
        this.pool = new @Nullable String[Integer.highestOneBit(wanted)];
        if (text.startsWith("\uFEFF")) {
            at = 1;
            lineStart = 1;
            seen = 1;
        }
    }

    boolean atEnd() {
        return at >= text.length();
    }

    int at() {
        return at;
    }

    /** Of where the scanner stands. */
    Place place() {
        return place(at);
    }

    /** @param position not before any that was asked for already */
    Place place(int position) {
        for (int next = text.indexOf('\n', seen, position); next >= 0; next = text.indexOf('\n', next + 1, position)) {
            line++;
            lineStart = next + 1;
        }
        seen = position;
        return new Place(file, line, position - lineStart + 1);
    }

    boolean startsWith(String token) {
        return text.startsWith(token, at);
    }

    /** Moves past the token if it stands here. */
    boolean take(String token) {
        if (text.startsWith(token, at)) {
            at += token.length();
            return true;
        }
        return false;
    }

    boolean skipSpace() {
        int from = at;
        while (at < text.length() && isSpace(text.charAt(at))) {
            at++;
        }
        return at > from;
    }

    String name(String element, String wanted) throws UnusableInputException {
        int from = at;
        while (at < text.length() && isNamePart(text.charAt(at))) {
            at++;
        }
        if (from == at || !isNameStart(text.charAt(from))) {
            at = from;
            throw unusable(element, wanted + " is missing", "");
        }
        return pooled(from, at);
    }

    /** What stands before {@code end}, and moves past it. */
    String until(String end, String otherwise) throws UnusableInputException {
        int found = text.indexOf(end, at);
        if (found < 0) {
            throw unusable("", otherwise, "add " + end);
        }
        String between = text.substring(at, found);
        at = found + end.length();
        return between;
    }

    String characterData() throws UnusableInputException {
        int end = text.indexOf('<', at);
        if (end < 0) {
            end = text.length();
        }
        int from = at;
        if (text.substring(from, end).isBlank()) {
            at = end;
            return "";
        }
        return unescaped(from, end, "");
    }

    String quoted(String element) throws UnusableInputException {
        char quote = atEnd() ? ' ' : text.charAt(at);
        if (quote != '"' && quote != '\'') {
            throw unusable(element, "an attribute's value is not quoted", "put it between double quotes");
        }
        int from = at + 1;
        int end = text.indexOf(quote, from);
        if (end < 0) {
            throw unusable(element, "the quoted value is not closed", "add " + quote);
        }
        for (int index = from; index < end; index++) {
            char found = text.charAt(index);
            if (found == '<') {
                at = index;
                throw unusable(element, "'<' stands in a quoted value", "close the quotes, or write &lt;");
            }
            if (found == '&' || found < ' ') {
                String value = unescaped(from, end, element);
                at = end + 1;
                return value;
            }
        }
        at = end + 1;
        return pooled(from, end);
    }

    /** Resolves references; white space becomes spaces in attributes (XML 1.0, section 3.3.3). Moves to {@code end}. */
    private String unescaped(int from, int end, String element) throws UnusableInputException {
        var value = new StringBuilder(end - from);
        at = from;
        while (at < end) {
            char found = text.charAt(at);
            if (found == '&') {
                value.appendCodePoint(reference(end, element));
            } else if (isSpace(found)) {
                value.append(element.isEmpty() ? found : ' ');
                at++;
            } else if (found < ' ') {
                throw unusable(element, "there is a control character (" + (int) found + ")", "remove it");
            } else {
                value.append(found);
                at++;
            }
        }
        return value.toString();
    }

    private int reference(int end, String element) throws UnusableInputException {
        int semicolon = text.indexOf(';', at);
        if (semicolon < 0 || semicolon >= end) {
            throw unusable(element, "'&' stands alone", "write &amp;");
        }
        String name = text.substring(at + 1, semicolon);
        int codePoint = switch (name) {
            case "amp" -> '&';
            case "lt" -> '<';
            case "gt" -> '>';
            case "quot" -> '"';
            case "apos" -> '\'';
            default -> numeric(name, element);
        };
        at = semicolon + 1;
        return codePoint;
    }

    private int numeric(String name, String element) throws UnusableInputException {
        try {
            if (name.startsWith("#")) {
                int value = name.startsWith("#x")
                        ? Integer.parseInt(name.substring(2), 16)
                        : Integer.parseInt(name.substring(1));
                if (value == '\t'
                        || value == '\n'
                        || value == '\r'
                        || (value >= ' ' && Character.isValidCodePoint(value))) {
                    return value;
                }
            }
        } catch (NumberFormatException notANumber) {
            throw unusable(
                    element,
                    "&" + name + "; is not a character",
                    "write &amp; for '&' (" + notANumber.getMessage() + ")");
        }
        throw unusable(element, "the entity &" + name + "; is not known", "write &amp; for '&'");
    }

    private String pooled(int from, int to) {
        int length = to - from;
        if (length > POOLED_LENGTH) {
            return text.substring(from, to);
        }
        int hash = length;
        for (int index = from; index < to; index++) {
            hash = hash * 31 + text.charAt(index);
        }
        int slot = (hash ^ (hash >>> 15)) & (pool.length - 1);
        String latest = pool[slot];
        if (latest != null && latest.length() == length && text.startsWith(latest, from)) {
            return latest;
        }
        // Two share two places, and the one that was not asked for gives way.
        String other = pool[slot ^ 1];
        boolean known = other != null && other.length() == length && text.startsWith(other, from);
        String found = other != null && known ? other : text.substring(from, to);
        pool[slot ^ 1] = latest;
        pool[slot] = found;
        return found;
    }

    UnusableInputException unusable(String element, String what, String remedy) {
        return new UnusableInputException(Problem.error(place(), element, what, remedy));
    }

    private static boolean isSpace(char character) {
        return character == ' ' || character == '\n' || character == '\t' || character == '\r';
    }

    private static boolean isNameStart(char character) {
        return (character >= 'a' && character <= 'z')
                || (character >= 'A' && character <= 'Z')
                || character == '_'
                || character == ':'
                || character >= 0xC0;
    }

    private static boolean isNamePart(char character) {
        return (character < 128 && NAME_PART[character]) || isOtherNamePart(character);
    }

    private static boolean isOtherNamePart(char character) {
        return isNameStart(character)
                || character == '-'
                || character == '.'
                || (character >= '0' && character <= '9')
                || character == 0xB7;
    }
}
