package org.ringfence.language;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.ringfence.model.problem.Place;
import org.ringfence.model.problem.Problem;

/**
 * Cuts a text into statements and words.
 *
 * <p>White space ends a word, the end of a line ends a statement, and a backslash at the end of a line takes the end away. Single
 * quotes take everything as it stands; within double quotes a backslash stands before {@code "} and {@code \}; outside of quotes a
 * backslash takes the next character as it stands. A line that begins with {@code #} is a comment; between the lines of a
 * statement only when white space follows, because a rule may begin a line with {@code #uname}.
 */
final class Lexer {
    private final String text;
    private final String file;
    private final List<Problem> problems;

    private int at;
    private int line = 1;
    private int lineStart;
    private List<String> comments = new ArrayList<>();

    Lexer(String text, String file, List<Problem> problems) {
        this.text = text;
        this.file = file;
        this.problems = problems;
        if (text.startsWith("\uFEFF")) {
            at = 1;
            lineStart = 1;
        }
    }

    /** The next statement; empty at the end of the text. One with an open quote is left out and is a problem. */
    Optional<Statement> next() {
        while (at < text.length()) {
            char found = text.charAt(at);
            if (found == '\n') {
                newLine();
            } else if (isBlank(found)) {
                at++;
            } else if (found == '#') {
                comments.add(restOfLine());
            } else if (continuation() > 0) {
                skipContinuation();
            } else {
                Optional<Statement> statement = statement();
                if (statement.isPresent()) {
                    return statement;
                }
            }
        }
        return Optional.empty();
    }

    /** The comment lines that no statement follows. */
    List<String> trailingComments() {
        return List.copyOf(comments);
    }

    private Optional<Statement> statement() {
        var words = new ArrayList<Word>();
        boolean usable = true;
        while (at < text.length() && text.charAt(at) != '\n') {
            if (isBlank(text.charAt(at))) {
                at++;
            } else if (continuation() > 0) {
                skipContinuation();
                commentsInside();
            } else {
                Optional<Word> word = word();
                usable &= word.isPresent();
                word.ifPresent(words::add);
                if (words.size() == 1 && words.getFirst().is("xml")) {
                    return Optional.of(new Statement(words, takeComments(), Optional.of(raw())));
                }
            }
        }
        return usable && !words.isEmpty()
                ? Optional.of(new Statement(words, takeComments(), Optional.empty()))
                : Optional.empty();
    }

    private List<String> takeComments() {
        List<String> taken = comments;
        comments = new ArrayList<>();
        return taken;
    }

    private void commentsInside() {
        while (at < text.length()) {
            int from = at;
            while (from < text.length() && isBlank(text.charAt(from))) {
                from++;
            }
            boolean comment = from < text.length()
                    && text.charAt(from) == '#'
                    && (from + 1 == text.length() || isSpace(text.charAt(from + 1)) || text.charAt(from + 1) == '#');
            if (!comment) {
                return;
            }
            at = from;
            comments.add(restOfLine());
            if (at < text.length()) {
                newLine();
            }
        }
    }

    private Optional<Word> word() {
        Place place = place();
        var word = new StringBuilder();
        boolean quoted = false;
        while (at < text.length()) {
            char found = text.charAt(at);
            if (isSpace(found) || continuation() > 0) {
                break;
            }
            if (found == '"' || found == '\'') {
                quoted = true;
                if (!quotedPart(found, word)) {
                    return Optional.empty();
                }
            } else if (found == '\\' && at + 1 < text.length()) {
                word.append(text.charAt(at + 1));
                at += 2;
            } else {
                word.append(found);
                at++;
            }
        }
        return Optional.of(new Word(word.toString(), quoted, place));
    }

    /** @return whether the quote is closed on its line, or on one that continues it */
    private boolean quotedPart(char quote, StringBuilder word) {
        Place opened = place();
        at++;
        while (at < text.length() && text.charAt(at) != '\n') {
            char found = text.charAt(at);
            if (found == quote) {
                at++;
                return true;
            }
            if (found == '\\' && at + 1 < text.length() && text.charAt(at + 1) == '\n') {
                at++;
                newLine();
            } else if (found == '\\' && quote == '"' && at + 1 < text.length() && isEscaped(text.charAt(at + 1))) {
                word.append(text.charAt(at + 1));
                at += 2;
            } else {
                word.append(found);
                at++;
            }
        }
        problems.add(Problem.error(
                opened,
                "",
                "the quote that begins here is not closed on its line",
                "add " + quote + " after the value"));
        return false;
    }

    private Statement.Raw raw() {
        while (at < text.length() && isBlank(text.charAt(at))) {
            at++;
        }
        Place place = place();
        var raw = new StringBuilder();
        while (at < text.length() && text.charAt(at) != '\n') {
            if (continuation() > 0) {
                raw.append('\n');
                skipContinuation();
            } else {
                raw.append(text.charAt(at));
                at++;
            }
        }
        return new Statement.Raw(raw.toString(), place);
    }

    /** How many characters a continuation here has: a backslash, blanks, and the end of the line; 0 when there is none. */
    private int continuation() {
        if (text.charAt(at) != '\\') {
            return 0;
        }
        int end = at + 1;
        while (end < text.length() && isBlank(text.charAt(end))) {
            end++;
        }
        if (end == text.length()) {
            return end - at;
        }
        return text.charAt(end) == '\n' ? end + 1 - at : 0;
    }

    private void skipContinuation() {
        at += continuation();
        if (text.charAt(at - 1) == '\n') {
            at--;
            newLine();
        }
    }

    private String restOfLine() {
        int end = text.indexOf('\n', at);
        String rest = text.substring(at, end < 0 ? text.length() : end).strip();
        at = end < 0 ? text.length() : end;
        return rest;
    }

    private void newLine() {
        at++;
        line++;
        lineStart = at;
    }

    private Place place() {
        return new Place(file, line, at - lineStart + 1);
    }

    private static boolean isEscaped(char character) {
        return character == '"' || character == '\\';
    }

    private static boolean isBlank(char character) {
        return character == ' ' || character == '\t' || character == '\r';
    }

    private static boolean isSpace(char character) {
        return isBlank(character) || character == '\n';
    }
}
