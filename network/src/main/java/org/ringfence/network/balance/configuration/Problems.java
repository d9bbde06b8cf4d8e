package org.ringfence.network.balance.configuration;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;
import org.ringfence.model.problem.Place;
import org.ringfence.model.problem.Problem;

/** What was found wrong so far, in the order in which it was found; each once. For one thread. */
final class Problems {
    private final SequencedSet<Problem> found = new LinkedHashSet<>();

    void error(Place place, String element, String text, String remedy) {
        found.add(Problem.error(place, element, text, remedy));
    }

    void warning(Place place, String element, String text, String remedy) {
        found.add(Problem.warning(place, element, text, remedy));
    }

    boolean hasErrors() {
        return found.stream().anyMatch(problem -> problem.severity() == Problem.Severity.ERROR);
    }

    List<Problem> all() {
        return List.copyOf(found);
    }
}
