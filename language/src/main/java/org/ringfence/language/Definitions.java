package org.ringfence.language;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import org.ringfence.model.problem.Problem;
import org.ringfence.model.xml.Attributes;
import org.ringfence.model.xml.Element;

/** A configuration as definitions beside each other, in order. Immutable. */
public final class Definitions {
    /** An element that stands for a resource inside another, by its {@code id}. */
    static final String MEMBER = "#member";

    /** An operation for a primitive that is defined elsewhere. */
    static final String MONITOR = "#monitor";

    private final SequencedMap<Definition.Key, Definition> all;

    private Definitions(SequencedMap<Definition.Key, Definition> all) {
        this.all = all;
    }

    /**
     * The later of two with the same key counts, and stands where the first stood. Sections follow each other as in a CIB; inside
     * a section the order is that of {@code definitions}.
     */
    static Definitions of(Collection<Definition> definitions) {
        var byKey = new LinkedHashMap<Definition.Key, Definition>();
        definitions.forEach(one -> byKey.put(one.key(), one));
        var all = new LinkedHashMap<Definition.Key, Definition>();
        byKey.values().stream()
                .sorted(Comparator.comparingInt(Definitions::section))
                .forEach(one -> all.put(one.key(), one));
        return new Definitions(all);
    }

    private static int section(Definition definition) {
        int section = Kind.SECTIONS.indexOf(definition.key().section());
        return section < 0 ? Kind.SECTIONS.size() : section;
    }

    /** @param configuration a {@code configuration} element */
    public static Definitions of(Element configuration) {
        return of(Taken.apart(configuration));
    }

    /** In their order. */
    public List<Definition> all() {
        return List.copyOf(all.values());
    }

    Optional<Definition> get(Definition.Key key) {
        return Optional.ofNullable(all.get(key));
    }

    Optional<Definition> resource(String id) {
        return get(new Definition.Key("resources", id));
    }

    List<Definition> of(Kind kind) {
        return all.values().stream().filter(one -> one.kind() == kind).toList();
    }

    /** The names of the nodes, in order. */
    List<String> nodes() {
        return of(Kind.NODE).stream()
                .map(node -> node.element().attribute("uname", node.id()))
                .toList();
    }

    /** The ids of resources that are inside others. */
    Set<String> inside() {
        var inside = new HashSet<String>();
        all.values().forEach(one -> inside.addAll(one.members()));
        return inside;
    }

    /**
     * The configuration that these make.
     *
     * @param problems is given what does not fit together; the element is of use only when there is nothing
     */
    public Element configuration(List<Problem> problems) {
        checkMembers(problems);
        var sections = new LinkedHashMap<String, Element>();
        for (String section : Kind.SECTIONS) {
            var children = new ArrayList<Element>();
            Set<String> inside = section.equals("resources") ? inside() : Ordered.set();
            for (Definition one : all.values()) {
                if (one.kind().section().equals(section) && !inside.contains(one.id())) {
                    children.add(whole(one, 0));
                } else if (one.kind() == Kind.FENCING_TOPOLOGY && section.equals("fencing-topology")) {
                    sections.put(section, one.element());
                }
            }
            if (!children.isEmpty() || Kind.SECTIONS.indexOf(section) < 4) {
                sections.put(section, Element.of(section, Attributes.NONE, children));
            }
        }
        for (Definition other : of(Kind.OTHER)) {
            sections.merge(other.element().name(), other.element(), Definitions::joined);
        }
        return Element.of("configuration", Attributes.NONE, List.copyOf(sections.values()));
    }

    /** One definition with all that is inside it. */
    public Element whole(Definition definition) {
        return whole(definition, 0);
    }

    private Element whole(Definition definition, int depth) {
        if (definition.members().isEmpty()) {
            return definition.element();
        }
        var children = new ArrayList<Element>();
        for (Element child : definition.element().children()) {
            if (!child.name().equals(MEMBER)) {
                children.add(child);
            } else if (depth < 3) {
                resource(child.id()).ifPresent(member -> children.add(whole(member, depth + 1)));
            }
        }
        return definition.element().withChildren(children);
    }

    private static Element joined(Element section, Element more) {
        Element joined = section;
        for (var attribute : more.attributes().entrySet()) {
            joined = joined.withAttribute(attribute.getKey(), attribute.getValue());
        }
        var children = new ArrayList<>(section.children());
        children.addAll(more.children());
        return joined.withChildren(children);
    }

    private void checkMembers(List<Problem> problems) {
        var containers = new LinkedHashMap<String, String>();
        for (Definition one : all.values()) {
            for (Element member : one.element().children(MEMBER)) {
                Optional<Definition> found = resource(member.id());
                if (found.isEmpty()) {
                    problems.add(MissingMember.problem(one, member, this));
                } else if (!mayHold(one.kind(), found.get().kind())) {
                    problems.add(Problem.error(
                            member.place(),
                            one.element().label(),
                            "cannot have the " + found.get().label() + " in it",
                            ""));
                }
                String other = containers.putIfAbsent(member.id(), one.label());
                if (other != null) {
                    problems.add(Problem.error(
                            member.place(),
                            one.element().label(),
                            "'" + member.id() + "' is in " + other + " already",
                            "take it out of one of them"));
                }
            }
        }
    }

    private static boolean mayHold(Kind container, Kind member) {
        return switch (container) {
            case CLONE, MASTER -> member == Kind.PRIMITIVE || member == Kind.GROUP;
            default -> member == Kind.PRIMITIVE;
        };
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Definitions that && all().equals(that.all());
    }

    @Override
    public int hashCode() {
        return all.hashCode();
    }
}
