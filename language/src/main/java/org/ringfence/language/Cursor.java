package org.ringfence.language;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.ringfence.model.problem.Place;
import org.ringfence.model.problem.Problem;
import org.ringfence.model.problem.Suggestion;
import org.ringfence.model.problem.UnusableInputException;

/** Goes through the words of one statement, and says what was expected where one does not fit. */
final class Cursor {
    private final List<Word> words;
    private String label;
    private int at = 1;

    /** Stands behind the statement's keyword. */
    Cursor(Statement statement) {
        this.words = statement.words();
        this.label = words.getFirst().text();
    }

    boolean atEnd() {
        return at >= words.size();
    }

    /** The next word, which stays; empty at the end. */
    Optional<Word> peek() {
        return atEnd() ? Optional.empty() : Optional.of(words.get(at));
    }

    boolean sees(String keyword) {
        return !atEnd() && words.get(at).is(keyword);
    }

    boolean seesOneOf(Collection<String> keywords) {
        return !atEnd()
                && !words.get(at).quoted()
                && keywords.contains(words.get(at).text());
    }

    boolean seesPair() {
        return !atEnd() && words.get(at).isPair();
    }

    /** Whether the next word is {@code name=value} with one of these names. */
    boolean seesPairOf(Collection<String> names) {
        return seesPair() && names.contains(words.get(at).name());
    }

    boolean take(String keyword) {
        if (sees(keyword)) {
            at++;
            return true;
        }
        return false;
    }

    Word next(String expected) throws UnusableInputException {
        if (atEnd()) {
            throw unusable(end(), "expected " + expected + " at the end of the statement", "");
        }
        return words.get(at++);
    }

    /** The next word as an id, which may be written {@code id=NAME} as well. From then on problems name the element by it. */
    Word id() throws UnusableInputException {
        Word word = next("a name");
        String text = word.text();
        if (word.isPair() && (word.name().equals("id") || word.name().equals("$id"))) {
            text = text.substring(text.indexOf('=') + 1);
        }
        checkId(word, text);
        label = words.getFirst().text() + " \"" + text + "\"";
        return new Word(text, word.quoted(), word.place());
    }

    /** Ids are XML names: a letter or underscore, then letters, digits, dots, hyphens and underscores. */
    void checkId(Word word, String text) throws UnusableInputException {
        boolean usable = !text.isEmpty() && (Character.isLetter(text.charAt(0)) || text.charAt(0) == '_');
        for (int index = 1; usable && index < text.length(); index++) {
            char found = text.charAt(index);
            usable = Character.isLetterOrDigit(found) || found == '.' || found == '-' || found == '_';
        }
        if (!usable) {
            throw unusable(
                    word.place(),
                    "expected a name, found '" + word.text() + "'",
                    "a name begins with a letter and has letters, digits, '-', '_' and '.' in it");
        }
    }

    /** The problem that the next word, or the end, is not what was expected; with the known word that is nearest. */
    UnusableInputException unexpected(String expected, Collection<String> known) {
        if (atEnd()) {
            return unusable(end(), "expected " + expected + " at the end of the statement", "");
        }
        Word word = words.get(at);
        Optional<String> meant = Suggestion.nearest(word.name(), known);
        String remedy = word.text().startsWith("#")
                ? "a comment stands on a line of its own"
                : meant.map(one -> "did you mean '" + one + "'?").orElse("");
        return unusable(word.place(), "expected " + expected + ", found '" + shown(word.text()) + "'", remedy);
    }

    UnusableInputException unusable(Place place, String text, String remedy) {
        return new UnusableInputException(Problem.error(place, label, text, remedy));
    }

    /** Just behind the last word. */
    private Place end() {
        Word last = words.getLast();
        return new Place(
                last.place().file(),
                last.place().line(),
                last.place().column() + last.text().length());
    }

    private static String shown(String text) {
        return text.length() <= 60 ? text : text.substring(0, 57) + "...";
    }
}
