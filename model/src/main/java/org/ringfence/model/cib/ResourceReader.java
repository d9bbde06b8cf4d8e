package org.ringfence.model.cib;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SequencedMap;
import java.util.TreeSet;
import org.ringfence.model.AgentName;
import org.ringfence.model.problem.Problem;
import org.ringfence.model.value.TimeSpan;
import org.ringfence.model.xml.Element;

/** Reads resources, with what their templates give them. */
final class ResourceReader {
    private final List<Problem> problems;
    private final LinkedHashMap<String, Element> templates = new LinkedHashMap<>();
    private final LinkedHashMap<String, List<String>> primitivesByTemplate = new LinkedHashMap<>();
    private final TreeSet<String> ids = new TreeSet<>();

    ResourceReader(List<Problem> problems) {
        this.problems = problems;
    }

    void readTemplate(Element element) {
        if (element.name().equals("template")) {
            templates.put(element.id(), element);
            primitivesByTemplate.put(element.id(), new ArrayList<>());
        }
    }

    SequencedMap<String, List<String>> primitivesByTemplate() {
        return primitivesByTemplate;
    }

    /** @return empty for a template, a comment, or something that cannot be a resource, which is then a problem */
    Optional<Resource> read(Element element) {
        return switch (element.name()) {
            case "primitive", "group", "clone", "master", "bundle" -> {
                if (element.id().isEmpty()) {
                    yield refused(element, "has no id");
                }
                if (!ids.add(element.id())) {
                    yield refused(element, "has an id that another resource has already");
                }
                yield switch (element.name()) {
                    case "primitive" -> primitive(element).map(resource -> resource);
                    case "group" -> group(element);
                    case "bundle" -> bundle(element);
                    default -> clone(element);
                };
            }
            case "template", Element.COMMENT -> Optional.empty();
            default -> refused(element, "is not a kind of resource that is known");
        };
    }

    private <T> Optional<T> refused(Element element, String why) {
        problems.add(Problem.error(element.place(), element.label(), why + "; it is left out of account", ""));
        return Optional.empty();
    }

    private Optional<Resource.Primitive> primitive(Element element) {
        Optional<String> templateId = element.attribute("template");
        Optional<Element> template = templateId.map(templates::get);
        if (templateId.isPresent() && template.isEmpty()) {
            return refused(element, "is made from template \"" + templateId.get() + "\", which does not exist");
        }
        templateId.ifPresent(id -> primitivesByTemplate
                .computeIfAbsent(id, none -> new ArrayList<>())
                .add(element.id()));
        Element agent = element.attribute("class").isPresent() ? element : template.orElse(element);
        if (agent.attribute("type").isEmpty()) {
            return refused(element, "names no agent (class and type)");
        }
        return Optional.of(new Resource.Primitive(
                element.id(),
                new AgentName(
                        agent.attribute("class", ""), agent.attribute("provider", ""), agent.attribute("type", "")),
                templateId,
                operations(element, template),
                sets(element, template, "meta_attributes"),
                sets(element, template, "instance_attributes"),
                sets(element, template, "utilization"),
                element.place()));
    }

    /** A template's sets, then the element's own, which come later and so decide where scores are equal. */
    private List<AttributeSet> sets(Element element, Optional<Element> template, String name) {
        var both = new ArrayList<>(AttributeSets.read(template, name, problems));
        both.addAll(AttributeSets.read(Optional.of(element), name, problems));
        return both;
    }

    private List<Operation> operations(Element element, Optional<Element> template) {
        var operations = new ArrayList<Operation>();
        for (Element list : element.children("operations")) {
            list.children("op").forEach(operation -> operations.add(operation(operation)));
        }
        int own = operations.size();
        if (template.isPresent()) {
            for (Element list : template.get().children("operations")) {
                for (Element child : list.children("op")) {
                    Operation inherited = operation(child);
                    boolean defined = operations.subList(0, own).stream()
                            .anyMatch(mine -> mine.name().equals(inherited.name())
                                    && role(mine).equals(role(inherited)));
                    if (!defined) {
                        operations.add(inherited);
                    }
                }
            }
        }
        return operations;
    }

    private static String role(Operation operation) {
        return ConfigurationReader.role(operation.attributes().getOrDefault("role", "started"));
    }

    private Operation operation(Element element) {
        OptionalLong interval = TimeSpan.parseMillis(element.attribute("interval", "0"));
        if (interval.isEmpty()) {
            problems.add(Problem.warning(
                    element.place(), element.label(), "interval is not a span of time; 0 is taken", ""));
        }
        return new Operation(
                element.id(),
                element.attribute("name", ""),
                Math.max(0, interval.orElse(0)),
                element.attributes(),
                AttributeSets.read(Optional.of(element), "meta_attributes", problems),
                AttributeSets.read(Optional.of(element), "instance_attributes", problems),
                element.place());
    }

    private Optional<Resource> group(Element element) {
        var members = new ArrayList<Resource.Primitive>();
        for (Element child : element.children("primitive")) {
            if (ids.add(child.id())) {
                primitive(child).ifPresent(members::add);
            } else {
                refused(child, "has an id that another resource has already");
            }
        }
        if (members.isEmpty()) {
            return refused(element, "has no members");
        }
        return Optional.of(new Resource.Group(
                element.id(),
                members,
                AttributeSets.read(Optional.of(element), "meta_attributes", problems),
                AttributeSets.read(Optional.of(element), "instance_attributes", problems),
                element.place()));
    }

    private Optional<Resource> clone(Element element) {
        for (Element child : element.children()) {
            if (child.name().equals("primitive") || child.name().equals("group")) {
                return read(child)
                        .map(resource -> new Resource.Clone(
                                element.id(),
                                element.name().equals("master"),
                                resource,
                                AttributeSets.read(Optional.of(element), "meta_attributes", problems),
                                AttributeSets.read(Optional.of(element), "instance_attributes", problems),
                                element.place()));
            }
        }
        return refused(element, "has no primitive or group in it");
    }

    private Optional<Resource> bundle(Element element) {
        Optional<Element> container = element.children().stream()
                .filter(child -> switch (child.name()) {
                    case "docker", "podman", "rkt" -> true;
                    default -> false;
                })
                .findFirst();
        if (container.isEmpty()) {
            return refused(element, "has no container (docker, podman or rkt)");
        }
        Optional<Element> network = element.child("network");
        Optional<Resource.Primitive> child = element.child("primitive")
                .filter(primitive -> ids.add(primitive.id()))
                .flatMap(this::primitive);
        return Optional.of(new Resource.Bundle(
                element.id(),
                container.get().name(),
                container.get().attributes(),
                network.map(Element::attributes),
                attributes(network, "port-mapping"),
                attributes(element.child("storage"), "storage-mapping"),
                child,
                AttributeSets.read(Optional.of(element), "meta_attributes", problems),
                AttributeSets.read(Optional.of(element), "instance_attributes", problems),
                element.place()));
    }

    private static List<SequencedMap<String, String>> attributes(Optional<Element> parent, String name) {
        var found = new ArrayList<SequencedMap<String, String>>();
        parent.ifPresent(present -> present.children(name).forEach(child -> found.add(child.attributes())));
        return found;
    }
}
