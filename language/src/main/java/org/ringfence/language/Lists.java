package org.ringfence.language;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.ringfence.model.xml.Element;

/** Writes attribute lists and rules. */
final class Lists {
    private final Set<String> referenced;

    Lists(Set<String> referenced) {
        this.referenced = referenced;
    }

    boolean isReferenced(Element element) {
        return referenced.contains(element.id());
    }

    /** On a line of its own, which begins with {@code word}; nothing for a list that says nothing. */
    void write(Line line, String word, Element list) {
        if (says(list)) {
            write(line.next(word), list);
        }
    }

    /** On the line that is being written. */
    void writeBehind(Line line, String word, Element list) {
        if (says(list)) {
            write(line.word(word), list);
        }
    }

    private boolean says(Element list) {
        return !list.children().isEmpty()
                || isReferenced(list)
                || list.attributes().containsKey("id-ref");
    }

    private void write(Line line, Element list) {
        if (isReferenced(list)) {
            line.word("$id=" + list.id());
        }
        begin(line, list);
        list.children("nvpair").forEach(pair -> line.word(pair(pair)));
    }

    /** A line for each pair; for lists that belong to the whole cluster, which are long. */
    void writeLong(Line line, Element list) {
        // crmsh does not read a score here, so it is left out, and the set becomes XML.
        begin(line, list.withoutAttribute("score"));
        list.children("nvpair").forEach(pair -> line.next(pair(pair)));
    }

    private void begin(Line line, Element list) {
        list.attribute("id-ref").ifPresent(reference -> line.word("$id-ref=" + reference));
        list.attribute("score").ifPresent(score -> line.word(Scores.write(score) + ":"));
        for (Element rule : list.children("rule")) {
            rule(line.word("rule"), rule, false);
        }
    }

    private String pair(Element pair) {
        String name = pair.attribute("name", "");
        Optional<String> reference = pair.attribute("id-ref");
        if (reference.isPresent()) {
            return "@" + reference.get() + (name.isEmpty() ? "" : ":" + name);
        }
        String written = name;
        if (isReferenced(pair)) {
            written = pair.id().equals(name) ? "$" + name : "$" + pair.id() + ":" + name;
        }
        return pair.attribute("value")
                .map(value -> "=" + Line.inQuotes(value))
                .map(written::concat)
                .orElse(written);
    }

    /** @param withScore whether a score of infinity is written as well */
    void rule(Line line, Element rule, boolean withScore) {
        Optional<String> reference = rule.attribute("id-ref");
        if (reference.isPresent()) {
            line.word("$id-ref=" + reference.get());
            return;
        }
        if (isReferenced(rule)) {
            line.word("$id=" + rule.id());
        }
        rule.attribute("role").ifPresent(role -> line.pair("$role", role));
        rule.attribute("score-attribute").ifPresent(name -> line.word(name + ":"));
        rule.attribute("score")
                .map(Scores::write)
                .filter(score -> withScore || !score.equals("inf"))
                .ifPresent(score -> line.word(score + ":"));
        String joint = rule.attribute("boolean-op", "and");
        List<Element> conditions = rule.children().stream()
                .filter(child -> !child.name().equals(Element.COMMENT))
                .toList();
        for (int index = 0; index < conditions.size(); index++) {
            if (index > 0) {
                line.word(joint);
            }
            condition(line, conditions.get(index));
        }
    }

    private static void condition(Line line, Element condition) {
        switch (condition.name()) {
            case "expression" -> expression(line, condition);
            case "date_expression" -> date(line.word("date"), condition);
            default -> {}
        }
    }

    private static void expression(Line line, Element expression) {
        String operation = expression.attribute("operation", "");
        String attribute = expression.attribute("attribute", "");
        if (operation.equals("defined") || operation.equals("not_defined")) {
            line.word(operation).word(attribute);
            return;
        }
        String type = expression.attribute("type").map(name -> name + ":").orElse("");
        line.word(attribute).word(type + operation).quoted(expression.attribute("value", ""));
    }

    private static void date(Line line, Element date) {
        String operation = date.attribute("operation", "");
        switch (operation) {
            case "lt" -> line.word("lt").quoted(date.attribute("end", ""));
            case "gt" -> line.word("gt").quoted(date.attribute("start", ""));
            case "in_range" -> {
                line.word("in");
                date.attribute("start").ifPresent(start -> line.pair("start", start));
                date.attribute("end").ifPresent(end -> line.pair("end", end));
                date.child("duration").ifPresent(duration -> units(line, duration));
            }
            case "date_spec" -> {
                line.word("spec");
                date.child("date_spec").ifPresent(specification -> units(line, specification));
            }
            default -> line.word(operation);
        }
    }

    private static void units(Line line, Element units) {
        for (Map.Entry<String, String> unit : units.attributes().entrySet()) {
            if (!unit.getKey().equals("id")) {
                line.pair(unit.getKey(), unit.getValue());
            }
        }
    }
}
