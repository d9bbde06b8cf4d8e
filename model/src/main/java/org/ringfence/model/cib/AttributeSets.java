package org.ringfence.model.cib;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import org.ringfence.model.problem.Problem;
import org.ringfence.model.value.Score;
import org.ringfence.model.xml.Element;

/** Reads sets of names with values, and the rules that guard them. */
final class AttributeSets {
    private AttributeSets() {}

    /** @param name of the elements to read among the children of {@code parent} */
    static List<AttributeSet> read(Optional<Element> parent, String name, List<Problem> problems) {
        if (parent.isEmpty()) {
            return List.of();
        }
        var sets = new ArrayList<AttributeSet>();
        for (Element child : parent.get().children()) {
            if (child.name().equals(name)) {
                sets.add(set(child, problems));
            }
        }
        return sets;
    }

    private static AttributeSet set(Element set, List<Problem> problems) {
        boolean properties = set.name().equals("cluster_property_set");
        var values = new LinkedHashMap<String, String>();
        for (Element pair : set.children("nvpair")) {
            String name = pair.attribute("name", "");
            Optional<String> value = pair.attribute("value");
            if (value.isPresent()) {
                String old = values.putIfAbsent(properties ? PropertyNames.canonical(name) : name, value.get());
                if (old != null) {
                    problems.add(Problem.warning(
                            pair.place(),
                            set.label(),
                            name + " stands twice; the first, '" + old + "', is taken",
                            "remove one of them"));
                }
            }
        }
        return new AttributeSet(
                set.id(),
                Score.parse(set.attribute("score", "0"), 0),
                set.child("rule").map(rule -> rule(rule, problems)),
                values,
                set.place());
    }

    static Rule rule(Element rule, List<Problem> problems) {
        var conditions = new ArrayList<Condition>();
        for (Element child : rule.children()) {
            switch (child.name()) {
                case "rule" -> conditions.add(rule(child, problems));
                case "expression" ->
                    conditions.add(new Rule.AttributeCondition(
                            child.attribute("attribute", ""),
                            child.attribute("operation", ""),
                            child.attribute("type", ""),
                            child.attribute("value", ""),
                            child.attribute("value-source", "literal"),
                            child.place()));
                case "date_expression" ->
                    conditions.add(new Rule.DateCondition(
                            child.attribute("operation", "in_range"),
                            child.attribute("start"),
                            child.attribute("end"),
                            attributes(child.child("date_spec")),
                            attributes(child.child("duration")),
                            child.place()));
                case "rsc_expression" ->
                    conditions.add(new Rule.ResourceCondition(
                            child.attribute("class"),
                            child.attribute("provider"),
                            child.attribute("type"),
                            child.place()));
                case "op_expression" ->
                    conditions.add(new Rule.OperationCondition(
                            child.attribute("name", ""), child.attribute("interval"), child.place()));
                case Element.COMMENT -> {}
                default -> {
                    conditions.add(new Rule.UnknownCondition(child.name(), child.place()));
                    problems.add(Problem.warning(
                            child.place(),
                            rule.label(),
                            "condition " + child.name() + " is not known; it never holds",
                            ""));
                }
            }
        }
        return new Rule(
                rule.id(),
                ConfigurationReader.role(rule.attribute("role", "")),
                rule.attribute("score"),
                rule.attribute("score-attribute"),
                rule.attribute("boolean-op", "and").equals("or"),
                conditions,
                rule.place());
    }

    private static SequencedMap<String, String> attributes(Optional<Element> element) {
        var attributes = new LinkedHashMap<String, String>();
        element.ifPresent(found -> attributes.putAll(found.attributes()));
        attributes.remove("id");
        return attributes;
    }
}
