package org.ringfence.network.balance.configuration;

import org.ringfence.model.problem.Place;

/**
 * One line {@code name = value}.
 *
 * @param place      where the name stands
 * @param value      without a comment and blanks around it; with its quotes
 * @param valuePlace where the value begins
 */
record Directive(String name, String value, Place place, Place valuePlace) {

    /** Where the character {@code index} of the value stands. */
    Place at(int index) {
        return new Place(valuePlace.file(), valuePlace.line(), valuePlace.column() + index);
    }

    /** The value without quotes around all of it. */
    String text() {
        return isQuoted() ? value.substring(1, value.length() - 1) : value;
    }

    boolean isQuoted() {
        return value.length() >= 2 && value.startsWith("\"") && value.endsWith("\"");
    }
}
