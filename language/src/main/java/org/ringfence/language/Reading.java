package org.ringfence.language;

import java.util.List;
import org.ringfence.model.problem.Problem;

/**
 * What was read.
 *
 * @param definitions what could be read; of use only when there are no problems
 * @param problems    what could not, in the order in which it stands, {@link #MOST} at most
 */
public record Reading(Definitions definitions, List<Problem> problems) {
    /** More would not help; the last of them says that there are more. */
    public static final int MOST = 20;

    public Reading {
        problems = List.copyOf(problems);
    }
}
