package org.ringfence.language;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import org.ringfence.model.problem.Place;
import org.ringfence.model.xml.Element;

/** An element while a statement is being read. */
final class Draft {
    private final String name;
    private final Place place;
    private final LinkedHashMap<String, String> attributes = new LinkedHashMap<>();
    private final List<Draft> children = new ArrayList<>();
    private String text = "";

    Draft(String name, Place place) {
        this.name = name;
        this.place = place;
    }

    static Draft comment(String line, Place place) {
        var draft = new Draft(Element.COMMENT, place);
        // XML allows neither two hyphens in a comment nor one at its end.
        String safe = line;
        while (safe.contains("--")) {
            safe = safe.replace("--", "- -");
        }
        draft.text = safe.endsWith("-") ? safe + " " : safe;
        return draft;
    }

    Draft set(String attribute, String value) {
        attributes.put(attribute, value);
        return this;
    }

    boolean has(String attribute) {
        return attributes.containsKey(attribute);
    }

    String get(String attribute) {
        return attributes.getOrDefault(attribute, "");
    }

    void add(Draft child) {
        children.add(child);
    }

    List<Draft> children() {
        return List.copyOf(children);
    }

    boolean hasChildren() {
        return !children.isEmpty();
    }

    /** A new child, already added. */
    Draft child(String childName, Place at) {
        var child = new Draft(childName, at);
        children.add(child);
        return child;
    }

    /** The child of this name, which is made when there is none. */
    Draft only(String childName, Place at) {
        return children.stream()
                .filter(child -> child.name.equals(childName))
                .findFirst()
                .orElseGet(() -> child(childName, at));
    }

    Element element() {
        return new Element(
                name, attributes, children.stream().map(Draft::element).toList(), text, place);
    }
}
