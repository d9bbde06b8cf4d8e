package org.ringfence.language;

import java.util.List;
import java.util.Optional;
import org.ringfence.model.problem.Place;

/**
 * One statement as it stands in the text: from its keyword to the end of the line, or of the last line that is continued.
 *
 * @param words    at least the keyword
 * @param comments the comment lines before it and between its lines, each with its {@code #}
 * @param raw      what follows the keyword {@code xml}, as written; empty for all other statements
 */
record Statement(List<Word> words, List<String> comments, Optional<Raw> raw) {
    Statement {
        words = List.copyOf(words);
        comments = List.copyOf(comments);
    }

    /**
     * A piece of XML inside a statement.
     *
     * @param text  without the backslashes at the ends of lines; line feeds are kept, so that places can be told
     * @param place where it begins
     */
    record Raw(String text, Place place) {}

    Word keyword() {
        return words.getFirst();
    }

    Place place() {
        return keyword().place();
    }
}
