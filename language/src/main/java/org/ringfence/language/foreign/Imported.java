package org.ringfence.language.foreign;

import java.util.List;
import org.ringfence.model.problem.Problem;

/**
 * What was made of a foreign configuration.
 *
 * @param text   a configuration in text
 * @param report what is not in it, or is otherwise here; in the order in which it stands
 */
public record Imported(String text, List<Problem> report) {
    public Imported {
        report = List.copyOf(report);
    }
}
