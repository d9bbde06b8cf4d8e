package org.ringfence.model.cib;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ringfence.model.problem.Problem;
import org.ringfence.model.xml.Element;

/** Puts in the place of each element with {@code id-ref} the one it refers to (Pacemaker Explained, "Reusing rules, options and sets"). */
final class IdReferences {
    private static final int MAX_DEPTH = 16;

    private final Map<String, Element> byId = new HashMap<>();
    private final List<Problem> problems;

    private IdReferences(List<Problem> problems) {
        this.problems = problems;
    }

    static Element resolve(Element configuration, List<Problem> problems) {
        if (!anyIn(configuration)) {
            return configuration;
        }
        var references = new IdReferences(problems);
        references.collect(configuration);
        return references.resolved(configuration, 0);
    }

    private static boolean anyIn(Element element) {
        if (element.attributes().containsKey("id-ref")) {
            return true;
        }
        for (Element child : element.children()) {
            if (anyIn(child)) {
                return true;
            }
        }
        return false;
    }

    private void collect(Element element) {
        if (!element.id().isEmpty()) {
            byId.putIfAbsent(element.name() + " " + element.id(), element);
        }
        element.children().forEach(this::collect);
    }

    private Element resolved(Element element, int depth) {
        Optional<String> reference = element.attribute("id-ref");
        if (reference.isPresent()) {
            Element target = byId.get(element.name() + " " + reference.get());
            if (target == null || depth >= MAX_DEPTH) {
                problems.add(Problem.warning(
                        element.place(),
                        element.name(),
                        "refers to \"" + reference.get() + "\", "
                                + (target == null ? "which does not exist" : "which refers back to itself"),
                        "correct id-ref"));
                return element;
            }
            Element found = resolved(target, depth + 1);
            return element.attribute("name")
                    .map(name -> found.withAttribute("name", name))
                    .orElse(found);
        }
        if (element.children().isEmpty()) {
            return element;
        }
        var children = new ArrayList<Element>(element.children().size());
        element.children().forEach(child -> children.add(resolved(child, depth)));
        return element.withChildren(children);
    }
}
