package org.ringfence.language;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.ringfence.model.xml.Attributes;
import org.ringfence.model.xml.Element;

/** Takes a configuration apart into definitions. */
final class Taken {
    private final List<Definition> definitions = new ArrayList<>();

    private Taken() {}

    static List<Definition> apart(Element configuration) {
        var taken = new Taken();
        var others = new ArrayList<Definition>();
        var comments = new ArrayList<Element>();
        for (Element section : configuration.children()) {
            if (section.name().equals(Element.COMMENT)) {
                comments.add(section);
            } else if (section.name().equals(Kind.FENCING_TOPOLOGY.element())) {
                if (!section.children().isEmpty()) {
                    taken.add(new Definition(Kind.FENCING_TOPOLOGY, section), comments);
                    comments.clear();
                }
            } else {
                taken.section(section, comments, others);
            }
        }
        taken.definitions.addAll(others);
        taken.keep(comments);
        return taken.definitions;
    }

    /** One object as it stands in a section, with what is inside it; empty when its element is none that is known. */
    static List<Definition> apart(Element object, String section) {
        var taken = new Taken();
        Kind.of(section, object.name()).ifPresent(kind -> taken.object(kind, object, List.of()));
        return taken.definitions;
    }

    private void section(Element section, List<Element> comments, List<Definition> others) {
        var unknown = new ArrayList<Element>();
        for (Element child : section.children()) {
            Optional<Kind> kind = Kind.of(section.name(), child.name());
            if (child.name().equals(Element.COMMENT)) {
                comments.add(child);
            } else if (kind.isPresent()
                    && (!child.id().isEmpty() || child.attributes().containsKey("id-ref"))) {
                object(kind.get(), child, comments);
                comments.clear();
            } else {
                unknown.add(child);
            }
        }
        if (!unknown.isEmpty()
                || !section.attributes().isEmpty()
                || !section.text().isEmpty()
                || !Kind.SECTIONS.contains(section.name())) {
            others.add(new Definition(
                    Kind.OTHER,
                    new Element(section.name(), section.attributes(), unknown, section.text(), section.place())));
        }
    }

    private void object(Kind kind, Element object, List<Element> comments) {
        var children = new ArrayList<Element>();
        for (Element child : object.children()) {
            Optional<Kind> inside = Kind.of("resources", child.name());
            if (kind.section().equals("resources")
                    && inside.isPresent()
                    && !child.id().isEmpty()) {
                object(inside.get(), child, List.of());
                var id = Element.of("", Attributes.NONE, List.of()).withAttribute("id", child.id());
                children.add(new Element(Definitions.MEMBER, id.attributes(), List.of(), "", child.place()));
            } else {
                children.add(child);
            }
        }
        add(new Definition(kind, object.withChildren(children)), comments);
    }

    private void add(Definition definition, List<Element> comments) {
        definitions.add(definition.withComments(comments));
    }

    /** Comments that nothing follows go to what stands before them. */
    private void keep(List<Element> comments) {
        if (!comments.isEmpty() && !definitions.isEmpty()) {
            definitions.add(definitions.removeLast().withComments(comments));
        }
    }
}
