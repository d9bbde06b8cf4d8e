package org.ringfence.language;

import java.util.Optional;
import org.ringfence.model.problem.Place;

/**
 * One word of a statement, without its quotes.
 *
 * @param quoted whether any of it stood between quotes; such a word is never a keyword or a bracket
 */
record Word(String text, boolean quoted, Place place) {

    /** Where the value of {@code name=value} stands. */
    Place valuePlace() {
        int equals = text.indexOf('=');
        return equals < 0 ? place : new Place(place.file(), place.line(), place.column() + equals + 1);
    }

    boolean is(String keyword) {
        return !quoted && text.equals(keyword);
    }

    boolean isPair() {
        return text.indexOf('=') > 0;
    }

    /** What stands before the first {@code =}; the whole word when there is none. */
    String name() {
        int equals = text.indexOf('=');
        return equals < 0 ? text : text.substring(0, equals);
    }

    /** What stands after the first {@code =}; empty when there is none. */
    Optional<String> value() {
        int equals = text.indexOf('=');
        return equals < 0 ? Optional.empty() : Optional.of(text.substring(equals + 1));
    }
}
