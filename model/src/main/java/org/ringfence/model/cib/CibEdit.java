package org.ringfence.model.cib;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.ringfence.model.xml.Attributes;
import org.ringfence.model.xml.Element;

/** Small changes of a configuration. Each gives a new base and leaves the version as it was. */
public final class CibEdit {
    private static final String PROPERTY_SET = "cib-bootstrap-options";

    private CibEdit() {}

    /**
     * With {@code element} in {@code section} ({@code resources}, {@code constraints}, ...): in the place of the one of the same id
     * anywhere below, or appended. The section is made if it is missing.
     */
    public static Cib with(Cib cib, String section, Element element) {
        return cib.withConfiguration(configuration -> section(configuration, section, old -> {
            Optional<Element> replaced = replaced(old, element.id(), Optional.of(element));
            return replaced.orElseGet(() -> {
                var children = new ArrayList<>(old.children());
                children.add(element);
                return old.withChildren(children);
            });
        }));
    }

    /** Without the element of this id in {@code section}; unchanged when there is none. */
    public static Cib without(Cib cib, String section, String id) {
        return cib.withConfiguration(configuration -> section(
                configuration,
                section,
                old -> replaced(old, id, Optional.empty()).orElse(old)));
    }

    /** With a cluster property set, in the place where it stands under any of its names, else in the default set. */
    public static Cib withProperty(Cib cib, String name, String value) {
        return cib.withConfiguration(configuration -> section(configuration, "crm_config", old -> {
            String canonical = PropertyNames.canonical(name);
            for (Element set : old.children("cluster_property_set")) {
                for (Element pair : set.children("nvpair")) {
                    if (PropertyNames.canonical(pair.attribute("name", "")).equals(canonical)) {
                        return old.withChild(set.withChild(pair.withAttribute("value", value)));
                    }
                }
            }
            return old.withChild(withPair(old, "cluster_property_set", PROPERTY_SET, name, value));
        }));
    }

    public static Cib withoutProperty(Cib cib, String name) {
        return cib.withConfiguration(configuration -> section(configuration, "crm_config", old -> {
            String canonical = PropertyNames.canonical(name);
            var sets = new ArrayList<Element>();
            for (Element set : old.children()) {
                sets.add(set.withChildren(set.children().stream()
                        .filter(pair -> !PropertyNames.canonical(pair.attribute("name", ""))
                                .equals(canonical))
                        .toList()));
            }
            return old.withChildren(sets);
        }));
    }

    /**
     * With a permanent node attribute ({@code standby}, {@code maintenance}, ...).
     *
     * @return unchanged when no node of that name is configured
     */
    public static Cib withNodeAttribute(Cib cib, String node, String name, String value) {
        return cib.withConfiguration(configuration -> section(configuration, "nodes", nodes -> {
            for (Element element : nodes.children("node")) {
                if (element.attribute("uname", element.id()).equals(node)) {
                    String set = element.child("instance_attributes")
                            .map(Element::id)
                            .orElse("nodes-" + element.id());
                    return nodes.withChild(
                            element.withChild(withPair(element, "instance_attributes", set, name, value)));
                }
            }
            return nodes;
        }));
    }

    public static Cib withoutNodeAttribute(Cib cib, String node, String name) {
        return cib.withConfiguration(configuration -> section(configuration, "nodes", nodes -> {
            for (Element element : nodes.children("node")) {
                if (element.attribute("uname", element.id()).equals(node)) {
                    return nodes.withChild(withoutPair(element, "instance_attributes", name));
                }
            }
            return nodes;
        }));
    }

    /** With a node configured; unchanged when one of that id is. */
    public static Cib withNode(Cib cib, String id, String name) {
        if (cib.configuration().nodes().containsKey(id)) {
            return cib;
        }
        return with(cib, "nodes", element("node", "id", id, "uname", name));
    }

    /** With a meta attribute of a resource ({@code target-role}, {@code is-managed}, ...); unchanged when there is no such resource. */
    public static Cib withMeta(Cib cib, String resource, String name, String value) {
        return cib.withConfiguration(configuration -> section(
                configuration,
                "resources",
                resources -> changed(
                                resources,
                                resource,
                                found -> found.withChild(withPair(
                                        found,
                                        "meta_attributes",
                                        found.child("meta_attributes")
                                                .map(Element::id)
                                                .orElse(resource + "-meta_attributes"),
                                        name,
                                        value)))
                        .orElse(resources)));
    }

    public static Cib withoutMeta(Cib cib, String resource, String name) {
        return cib.withConfiguration(configuration -> section(
                configuration,
                "resources",
                resources -> changed(resources, resource, found -> withoutPair(found, "meta_attributes", name))
                        .orElse(resources)));
    }

    /** With a location constraint between one resource and one node. */
    public static Cib withLocation(Cib cib, String id, String resource, String node, String score) {
        return with(
                cib, "constraints", element("rsc_location", "id", id, "rsc", resource, "score", score, "node", node));
    }

    private static Element section(Element configuration, String name, UnaryOperator<Element> change) {
        Element old = configuration.child(name).orElseGet(() -> Element.of(name, Attributes.NONE, List.of()));
        return configuration.withChild(change.apply(old));
    }

    /** With the element of that id below {@code parent} replaced or taken away; empty when there is none. */
    private static Optional<Element> replaced(Element parent, String id, Optional<Element> replacement) {
        var children = new ArrayList<Element>();
        boolean found = false;
        for (Element child : parent.children()) {
            if (!found && child.id().equals(id) && !id.isEmpty()) {
                replacement.ifPresent(children::add);
                found = true;
                continue;
            }
            Optional<Element> below = found ? Optional.empty() : replaced(child, id, replacement);
            found |= below.isPresent();
            children.add(below.orElse(child));
        }
        return found ? Optional.of(parent.withChildren(children)) : Optional.empty();
    }

    private static Optional<Element> changed(Element parent, String id, UnaryOperator<Element> change) {
        for (Element child : parent.children()) {
            if (child.id().equals(id)) {
                return replaced(parent, id, Optional.of(change.apply(child)));
            }
            Optional<Element> below = changed(child, id, change);
            if (below.isPresent()) {
                return replaced(parent, child.id(), below);
            }
        }
        return Optional.empty();
    }

    private static Element withPair(Element parent, String setName, String setId, String name, String value) {
        Element set = parent.children(setName).stream()
                .filter(child -> child.id().equals(setId))
                .findFirst()
                .orElseGet(() -> element(setName, "id", setId));
        for (Element pair : set.children("nvpair")) {
            if (pair.attribute("name", "").equals(name)) {
                return set.withChild(pair.withAttribute("value", value));
            }
        }
        return set.withChild(element("nvpair", "id", setId + "-" + name, "name", name, "value", value));
    }

    private static Element withoutPair(Element parent, String setName, String name) {
        var children = new ArrayList<Element>();
        for (Element child : parent.children()) {
            children.add(
                    child.name().equals(setName)
                            ? child.withChildren(child.children().stream()
                                    .filter(pair -> !pair.attribute("name", "").equals(name))
                                    .toList())
                            : child);
        }
        return parent.withChildren(children);
    }

    private static Element element(String name, String... pairs) {
        var attributes = new LinkedHashMap<String, String>();
        for (int index = 0; index < pairs.length; index += 2) {
            attributes.put(pairs[index], pairs[index + 1]);
        }
        return Element.of(name, attributes, List.of());
    }
}
