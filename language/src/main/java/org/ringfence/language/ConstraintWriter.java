package org.ringfence.language;

import java.util.List;
import java.util.Optional;
import org.ringfence.model.xml.Element;

/** Writes constraints. */
final class ConstraintWriter {
    private final Lists lists;

    ConstraintWriter(Lists lists) {
        this.lists = lists;
    }

    void write(Line line, Element constraint) {
        line.word(constraint.id());
        switch (constraint.name()) {
            case "rsc_location" -> location(line, constraint);
            case "rsc_colocation" -> {
                line.word(Scores.write(constraint.attribute("score", "")) + ":");
                resources(line, constraint, "rsc", "rsc-role", "with-rsc", "with-rsc-role");
                option(line, constraint, "node-attribute");
            }
            case "rsc_order" -> {
                constraint.attribute("kind").ifPresent(kind -> line.word(kind + ":"));
                constraint.attribute("score").ifPresent(score -> line.word(Scores.write(score) + ":"));
                resources(line, constraint, "first", "first-action", "then", "then-action");
                option(line, constraint, "symmetrical");
            }
            default -> {
                line.word(constraint.attribute("ticket", "") + ":");
                resources(line, constraint, "rsc", "rsc-role", "", "");
                option(line, constraint, "loss-policy");
            }
        }
    }

    private void location(Line line, Element location) {
        Optional<String> pattern = location.attribute("rsc-pattern");
        List<Element> sets = location.children("resource_set");
        if (!sets.isEmpty()) {
            line.word("{");
            sets(line, sets, "role", 0);
            line.word("}");
        } else {
            line.word(pattern.map(text -> "/" + text + "/").orElseGet(() -> location.attribute("rsc", "")));
        }
        option(line, location, "role");
        option(line, location, "resource-discovery");
        if (location.attributes().containsKey("node")) {
            line.word(Scores.write(location.attribute("score", "")) + ":").quoted(location.attribute("node", ""));
        }
        for (Element rule : location.children("rule")) {
            lists.rule(line.next("rule"), rule, true);
        }
    }

    private static void option(Line line, Element constraint, String name) {
        constraint.attribute(name).ifPresent(value -> line.pair(name, value));
    }

    private static void resources(
            Line line, Element constraint, String first, String firstSuffix, String second, String secondSuffix) {
        List<Element> sets = constraint.children("resource_set");
        if (sets.isEmpty()) {
            resource(line, constraint, first, firstSuffix);
            resource(line, constraint, second, secondSuffix);
        } else {
            sets(line, sets, firstSuffix.endsWith("action") ? "action" : "role", second.isEmpty() ? 1 : 2);
        }
    }

    private static void resource(Line line, Element constraint, String attribute, String suffix) {
        if (!attribute.isEmpty()) {
            line.word(constraint.attribute(attribute, "")
                    + constraint.attribute(suffix).map(text -> ":" + text).orElse(""));
        }
    }

    /** @param plain how many words without brackets, at most, are read as a constraint without sets */
    private static void sets(Line line, List<Element> sets, String suffix, int plain) {
        int words = sets.stream()
                .mapToInt(set -> set.children("resource_ref").size())
                .sum();
        boolean allBare = sets.stream().allMatch(set -> sequential(set) && requiresAll(set));
        boolean mistakable = words <= plain && allBare;
        Optional<String> bareBefore = Optional.empty();
        for (int index = 0; index < sets.size(); index++) {
            Element set = sets.get(index);
            String common = set.attribute(suffix, "");
            boolean bare = sequential(set)
                    && requiresAll(set)
                    && !(mistakable && index == 0)
                    && bareBefore.filter(common::equals).isEmpty();
            bareBefore = bare ? Optional.of(common) : Optional.empty();
            if (!bare) {
                line.word(requiresAll(set) ? "(" : "[");
            }
            for (Element reference : set.children("resource_ref")) {
                line.word(reference.id() + (common.isEmpty() ? "" : ":" + common));
            }
            if (!bare) {
                if (sequential(set)) {
                    line.pair("sequential", "true");
                }
                line.word(requiresAll(set) ? ")" : "]");
            }
        }
    }

    private static boolean sequential(Element set) {
        return !set.attribute("sequential", "true").equals("false");
    }

    private static boolean requiresAll(Element set) {
        return !set.attribute("require-all", "true").equals("false");
    }
}
