package org.ringfence.language;

import java.util.List;
import org.ringfence.model.problem.Problem;
import org.ringfence.model.problem.Suggestion;
import org.ringfence.model.xml.Element;

/** What is said when a resource names a member that is not defined. */
final class MissingMember {
    private MissingMember() {}

    static Problem problem(Definition container, Element member, Definitions known) {
        List<String> resources = known.all().stream()
                .filter(one -> one.kind().section().equals("resources") && !one.equals(container))
                .map(Definition::id)
                .toList();
        return Problem.error(
                member.place(),
                container.element().label(),
                "there is no resource '" + member.id() + "'",
                Suggestion.nearest(member.id(), resources)
                        .map(one -> "did you mean '" + one + "'?")
                        .orElse("define it with primitive " + member.id()));
    }
}
