package org.ringfence.model.xml;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import org.ringfence.model.problem.Place;

/**
 * One XML element, immutable: name, attributes in their written order, child elements in order, text.
 *
 * @param text  character data directly inside, stripped; mixed content does not occur in the formats read here
 * @param place where its start tag stood; {@link Place#NONE} for an element made by a program. Not part of equality.
 */
public record Element(
        String name, SequencedMap<String, String> attributes, List<Element> children, String text, Place place) {

    /** The name of an element that stands for a comment; its text is the comment's. */
    public static final String COMMENT = "#comment";

    public Element {
        attributes = Attributes.copyOf(attributes);
        children = List.copyOf(children);
    }

    public static Element of(String name, SequencedMap<String, String> attributes, List<Element> children) {
        return new Element(name, attributes, children, "", Place.NONE);
    }

    public Optional<String> attribute(String key) {
        return Optional.ofNullable(attributes.get(key));
    }

    public String attribute(String key, String otherwise) {
        return attributes.getOrDefault(key, otherwise);
    }

    /** The value of {@code id}; empty when there is none. */
    public String id() {
        return attribute("id", "");
    }

    public List<Element> children(String childName) {
        if (children.isEmpty()) {
            return List.of();
        }
        var found = new ArrayList<Element>(children.size());
        for (Element child : children) {
            if (child.name.equals(childName)) {
                found.add(child);
            }
        }
        return found;
    }

    public Optional<Element> child(String childName) {
        for (Element child : children) {
            if (child.name.equals(childName)) {
                return Optional.of(child);
            }
        }
        return Optional.empty();
    }

    /** How problems call it: {@code primitive "db"}. */
    public String label() {
        return id().isEmpty() ? name : name + " \"" + id() + "\"";
    }

    /** This element with one attribute set; a new one goes last. */
    public Element withAttribute(String key, String value) {
        var changed = new LinkedHashMap<>(attributes);
        changed.put(key, value);
        return new Element(name, changed, children, text, place);
    }

    public Element withoutAttribute(String key) {
        var changed = new LinkedHashMap<>(attributes);
        changed.remove(key);
        return new Element(name, changed, children, text, place);
    }

    public Element withChildren(List<Element> changed) {
        return new Element(name, attributes, changed, text, place);
    }

    /** This element with {@code child} in the place of the first child of the same name and id, or appended. */
    public Element withChild(Element child) {
        var changed = new ArrayList<>(children);
        for (int index = 0; index < changed.size(); index++) {
            Element old = changed.get(index);
            if (old.name.equals(child.name) && old.id().equals(child.id())) {
                changed.set(index, child);
                return withChildren(changed);
            }
        }
        changed.add(child);
        return withChildren(changed);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Element that
                && name.equals(that.name)
                && attributes.equals(that.attributes)
                && children.equals(that.children)
                && text.equals(that.text);
    }

    @Override
    public int hashCode() {
        return (name.hashCode() * 31 + attributes.hashCode()) * 31 + children.hashCode();
    }
}
