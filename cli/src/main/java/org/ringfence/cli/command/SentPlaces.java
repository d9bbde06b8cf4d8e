package org.ringfence.cli.command;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.ringfence.api.Reply;
import org.ringfence.model.cib.Cib;
import org.ringfence.model.problem.Place;
import org.ringfence.model.problem.Problem;
import org.ringfence.model.problem.UnusableInputException;
import org.ringfence.model.xml.Element;
import org.ringfence.model.xml.XmlReader;

/**
 * Where each element of what is sent stands in what somebody wrote: a changed configuration is sent as XML, whatever it was read
 * from, and what a node says of it names lines of that.
 */
record SentPlaces(Map<Place, Place> written) {
    /** For what is sent as it was written. */
    static final SentPlaces AS_WRITTEN = new SentPlaces(Map.of());

    SentPlaces {
        written = Map.copyOf(written);
    }

    /**
     * @param sent   how {@code changed} was written for the node
     * @param source how the node calls that
     */
    static SentPlaces of(Cib changed, String sent, String source) {
        var places = new HashMap<Place, Place>();
        try {
            pair(XmlReader.read(sent, source), changed.document(), places);
        } catch (UnusableInputException e) {
            throw new IllegalStateException("what was written cannot be read", e);
        }
        return new SentPlaces(places);
    }

    private static void pair(Element sent, Element written, Map<Place, Place> places) {
        places.put(sent.place(), written.place());
        for (int index = 0; index < written.children().size(); index++) {
            pair(sent.children().get(index), written.children().get(index), places);
        }
    }

    /** The same answer, with the places that its reader knows. */
    Reply.Outcome in(Reply.Outcome outcome) {
        return switch (outcome) {
            case Reply.Unusable unusable -> new Reply.Unusable(in(unusable.problems()));
            case Reply.Refused refused -> new Reply.Refused(in(refused.problems()));
            case Reply.Plan plan -> new Reply.Plan(plan.steps(), in(plan.unsafe()), in(plan.problems()), plan.away());
            default -> outcome;
        };
    }

    private List<Problem> in(List<Problem> problems) {
        return problems.stream()
                .map(problem -> new Problem(
                        problem.severity(),
                        written.getOrDefault(problem.place(), problem.place()),
                        problem.element(),
                        problem.text(),
                        problem.remedy()))
                .toList();
    }
}
