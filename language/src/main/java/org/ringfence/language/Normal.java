package org.ringfence.language;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.ringfence.model.problem.Place;
import org.ringfence.model.xml.Attributes;
import org.ringfence.model.xml.Element;

/**
 * The form in which two elements that say the same are equal: without comments, without ids that nothing refers to, without
 * attributes that have their default, with children of different names in one order.
 */
final class Normal {
    private static final Set<String> SETS =
            Ordered.set("instance_attributes", "meta_attributes", "utilization", "operations");

    /** In these the id is what the element says. */
    private static final Set<String> NAMED_BY_ID =
            Ordered.set("resource_ref", "obj_ref", "role", "role_ref", Definitions.MEMBER);

    private final Set<String> referenced;

    /** @param referenced ids that something refers to, and which therefore count */
    Normal(Set<String> referenced) {
        this.referenced = referenced;
    }

    /** The ids that anything in the configuration refers to. */
    static Set<String> references(Element configuration) {
        var references = new HashSet<String>();
        collect(configuration, references);
        return references;
    }

    private static void collect(Element element, Set<String> references) {
        element.attribute("id-ref").ifPresent(references::add);
        element.attribute("reference").ifPresent(references::add);
        element.attribute("ref").ifPresent(references::add);
        if (element.name().equals("obj_ref")) {
            references.add(element.id());
        }
        element.children().forEach(child -> collect(child, references));
    }

    /** Of a whole definition; its own id always counts. */
    Element of(Element definition) {
        return of(definition, true);
    }

    private Element of(Element element, boolean keepId) {
        var children = new ArrayList<Element>();
        for (Element child : element.children()) {
            if (child.name().equals(Element.COMMENT)) {
                continue;
            }
            Element normal = of(child, NAMED_BY_ID.contains(child.name()));
            if (!SETS.contains(child.name()) || says(normal)) {
                children.add(normal);
            }
        }
        joinOperations(children);
        children.sort(Comparator.comparing(Element::name).thenComparing(Normal::level));
        return new Element(element.name(), attributes(element, keepId), children, element.text(), Place.NONE);
    }

    /** Levels of a fencing topology are told apart by what they say, not by where they stand. */
    private static String level(Element element) {
        return element.name().equals("fencing-level") ? element.attributes().toString() : "";
    }

    private static boolean says(Element set) {
        return !set.children().isEmpty()
                || set.attributes().containsKey("id")
                || set.attributes().containsKey("id-ref");
    }

    private static void joinOperations(List<Element> children) {
        var operations = new ArrayList<Element>();
        children.removeIf(child -> {
            boolean plain =
                    child.name().equals("operations") && child.attributes().isEmpty();
            if (plain) {
                operations.addAll(child.children());
            }
            return plain;
        });
        if (!operations.isEmpty()) {
            children.add(Element.of("operations", Attributes.NONE, operations));
        }
    }

    private Attributes attributes(Element element, boolean keepId) {
        var kept = new TreeMap<String, String>();
        for (Map.Entry<String, String> attribute : element.attributes().entrySet()) {
            String name = attribute.getKey();
            String value = attribute.getValue();
            boolean dropped = switch (name) {
                case "id" -> !keepId && !referenced.contains(value);
                case "boolean-op" -> element.name().equals("rule") && value.equals("and");
                case "sequential", "require-all" -> element.name().equals("resource_set") && value.equals("true");
                default -> false;
            };
            if (!dropped) {
                kept.put(name, value.equals("+INFINITY") ? "INFINITY" : value);
            }
        }
        if (element.name().equals("op")) {
            kept.putIfAbsent("interval", "0");
        }
        return Attributes.copyOf(kept);
    }
}
