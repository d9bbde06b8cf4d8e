package org.ringfence.model.cib;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.ringfence.model.problem.Problem;
import org.ringfence.model.value.Truth;
import org.ringfence.model.xml.Element;

/** Reads constraints. Whether what they name exists is for those who use them to say. */
final class ConstraintReader {
    private final List<Problem> problems;

    ConstraintReader(List<Problem> problems) {
        this.problems = problems;
    }

    Optional<Constraint> read(Element element) {
        return switch (element.name()) {
            case "rsc_location" -> Optional.of(location(element));
            case "rsc_colocation" -> Optional.of(colocation(element));
            case "rsc_order" -> Optional.of(order(element));
            case "rsc_ticket" -> Optional.of(ticket(element));
            case Element.COMMENT -> Optional.empty();
            default -> {
                problems.add(Problem.warning(
                        element.place(), element.label(), "is not a kind of constraint that is known; it is kept", ""));
                yield Optional.empty();
            }
        };
    }

    private Constraint location(Element element) {
        return new Constraint.Location(
                element.id(),
                element.attribute("rsc", ""),
                element.attribute("rsc-pattern", ""),
                sets(element),
                element.attribute("node", ""),
                element.attribute("score"),
                ConfigurationReader.role(element.attribute("role", "")),
                element.attribute("resource-discovery", ""),
                rules(element),
                element.place());
    }

    private Constraint colocation(Element element) {
        return new Constraint.Colocation(
                element.id(),
                element.attribute("score"),
                element.attribute("rsc", ""),
                ConfigurationReader.role(element.attribute("rsc-role", "")),
                element.attribute("with-rsc", ""),
                ConfigurationReader.role(element.attribute("with-rsc-role", "")),
                element.attribute("node-attribute", "#uname"),
                element.attribute("influence"),
                sets(element),
                rules(element),
                element.place());
    }

    private static Constraint order(Element element) {
        return new Constraint.Order(
                element.id(),
                element.attribute("first", ""),
                element.attribute("first-action", "").toLowerCase(Locale.ROOT),
                element.attribute("then", ""),
                element.attribute("then-action", "").toLowerCase(Locale.ROOT),
                element.attribute("kind", ""),
                element.attribute("score"),
                element.attribute("symmetrical"),
                element.attribute("require-all"),
                sets(element),
                element.place());
    }

    private static Constraint ticket(Element element) {
        return new Constraint.Ticket(
                element.id(),
                element.attribute("ticket", ""),
                element.attribute("rsc", ""),
                ConfigurationReader.role(element.attribute("rsc-role", "")),
                element.attribute("loss-policy", ""),
                sets(element),
                element.place());
    }

    private List<Rule> rules(Element element) {
        var rules = new ArrayList<Rule>();
        element.children("rule").forEach(rule -> rules.add(AttributeSets.rule(rule, problems)));
        return rules;
    }

    private static List<Constraint.ResourceSet> sets(Element element) {
        var sets = new ArrayList<Constraint.ResourceSet>();
        for (Element set : element.children("resource_set")) {
            sets.add(new Constraint.ResourceSet(
                    set.id(),
                    set.children("resource_ref").stream().map(Element::id).toList(),
                    Truth.parse(set.attribute("sequential", "true"), true),
                    Truth.parse(set.attribute("require-all", "true"), true),
                    ConfigurationReader.role(set.attribute("role", "")),
                    set.attribute("action", "").toLowerCase(Locale.ROOT),
                    set.attribute("score"),
                    set.attribute("kind", ""),
                    set.attribute("ordering", ""),
                    set.place()));
        }
        return sets;
    }
}
