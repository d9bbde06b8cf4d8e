package org.ringfence.language.foreign;

import org.ringfence.model.problem.Place;

/** A file that is read. */
public record Source(String name, String text) {
    Place line(int number) {
        return new Place(name, number, 1);
    }
}
