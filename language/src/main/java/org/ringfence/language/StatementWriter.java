package org.ringfence.language;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.ringfence.model.xml.Element;

/** Writes one definition as a statement. What the language has no words for is left out; the caller finds out by reading. */
final class StatementWriter {
    private final Lists lists;

    /** @param referenced the ids that something refers to, and which the text therefore gives */
    StatementWriter(Set<String> referenced) {
        this.lists = new Lists(referenced);
    }

    String write(Definition definition) {
        Element element = definition.element();
        var line = new Line(definition.kind().keyword());
        switch (definition.kind()) {
            case NODE -> node(line, element);
            case TEMPLATE, PRIMITIVE -> primitive(line, element);
            case GROUP, CLONE, MASTER -> container(line, element);
            case BUNDLE -> bundle(line, element);
            case TAG -> named(line, element, "obj_ref");
            case LOCATION, COLOCATION, ORDER, TICKET -> new ConstraintWriter(lists).write(line, element);
            case FENCING_TOPOLOGY -> fencingTopology(line, element);
            case PROPERTY, RESOURCE_DEFAULTS, OPERATION_DEFAULTS -> set(line, element);
            case ROLE, USER -> AccessWriter.write(line, element);
            case TARGET, ACL_GROUP -> named(line, element, "role");
            case ALERT -> alert(line, element);
            case OTHER -> {}
        }
        return line.toString();
    }

    private void node(Line line, Element node) {
        String name = node.attribute("uname", "");
        if (!node.id().equals(name)) {
            line.word(node.id() + ":");
        }
        line.word(name + node.attribute("type").map(type -> ":" + type).orElse(""));
        description(line, node);
        for (Element child : node.children()) {
            switch (child.name()) {
                case "instance_attributes" -> lists.write(line, "attributes", child);
                case "utilization" -> lists.write(line, "utilization", child);
                default -> {}
            }
        }
    }

    private void primitive(Line line, Element primitive) {
        line.word(primitive.id());
        Optional<String> template = primitive.attribute("template");
        line.word(template.map(name -> "@" + name).orElseGet(() -> agent(primitive)));
        description(line, primitive);
        for (Element child : primitive.children()) {
            switch (child.name()) {
                case "operations" -> operations(line, child);
                case "instance_attributes" -> lists.write(line, "params", child);
                case "meta_attributes" -> lists.write(line, "meta", child);
                case "utilization" -> lists.write(line, "utilization", child);
                default -> {}
            }
        }
    }

    private static String agent(Element primitive) {
        String standard = primitive.attribute("class", "");
        String provider = primitive.attribute("provider", "");
        String type = primitive.attribute("type", "");
        if (standard.equals("ocf") && provider.equals("heartbeat") && type.indexOf(':') < 0) {
            return type;
        }
        return standard + ":" + (provider.isEmpty() ? "" : provider + ":") + type;
    }

    private void operations(Line line, Element operations) {
        Optional<String> reference = operations.attribute("id-ref");
        if (reference.isPresent()) {
            line.next("operations").word("$id-ref=" + reference.get());
        } else if (lists.isReferenced(operations)) {
            line.next("operations").word("$id=" + operations.id());
        }
        for (Element operation : operations.children("op")) {
            line.next("op").word(operation.attribute("name", ""));
            operation.attributes().forEach((name, value) -> {
                if (!name.equals("name") && !name.equals("id")) {
                    line.pair(name, value);
                }
            });
            for (Element list : operation.children()) {
                switch (list.name()) {
                    case "instance_attributes" -> lists.write(line, "op_params", list);
                    case "meta_attributes" -> lists.write(line, "op_meta", list);
                    default -> {}
                }
            }
        }
    }

    private void container(Line line, Element container) {
        line.word(container.id());
        container.children(Definitions.MEMBER).forEach(member -> line.word(member.id()));
        description(line, container);
        metaAndParams(line, container);
    }

    private void metaAndParams(Line line, Element resource) {
        for (Element child : resource.children()) {
            switch (child.name()) {
                case "meta_attributes" -> lists.write(line, "meta", child);
                case "instance_attributes" -> lists.write(line, "params", child);
                default -> {}
            }
        }
    }

    private void bundle(Line line, Element bundle) {
        line.word(bundle.id());
        for (Element child : bundle.children()) {
            switch (child.name()) {
                case "docker", "podman", "rkt" -> pairs(line.next(child.name()), child);
                case "network", "storage" -> {
                    pairs(line.next(child.name()), child);
                    for (Element mapping : child.children()) {
                        pairs(line.next(mapping.name()), mapping);
                    }
                }
                default -> {}
            }
        }
        bundle.children(Definitions.MEMBER)
                .forEach(member -> line.next("primitive").word(member.id()));
        description(line, bundle);
        metaAndParams(line, bundle);
    }

    private void pairs(Line line, Element element) {
        element.attributes().forEach((name, value) -> {
            boolean made = element.name().endsWith("-mapping") && name.equals("id") && !lists.isReferenced(element);
            if (!made) {
                line.pair(name, value);
            }
        });
    }

    private static void named(Line line, Element element, String child) {
        line.word(element.id());
        element.children(child).forEach(one -> line.word(one.id()));
    }

    private static void fencingTopology(Line line, Element topology) {
        var byTarget = new LinkedHashMap<String, List<String>>();
        var levels = new ArrayList<>(topology.children("fencing-level"));
        levels.sort(Comparator.comparingInt(StatementWriter::index));
        for (Element level : levels) {
            String target = level.attribute("target-pattern")
                    .map(pattern -> "pattern:" + pattern)
                    .or(() -> level.attribute("target-attribute")
                            .map(name -> "attr:" + name + "=" + level.attribute("target-value", "")))
                    .orElseGet(() -> level.attribute("target", "") + ":");
            byTarget.computeIfAbsent(target, none -> new ArrayList<>()).add(level.attribute("devices", ""));
        }
        byTarget.forEach((target, devices) -> {
            line.next(target);
            devices.forEach(line::word);
        });
    }

    private static int index(Element level) {
        String index = level.attribute("index", "");
        boolean number = !index.isEmpty() && index.length() < 9 && index.chars().allMatch(Character::isDigit);
        return number ? Integer.parseInt(index) : Integer.MAX_VALUE;
    }

    private void set(Line line, Element set) {
        line.word(set.id() + ":");
        lists.writeLong(line, set);
    }

    private void alert(Line line, Element alert) {
        line.word(alert.id()).quoted(alert.attribute("path", ""));
        description(line, alert);
        for (Element child : alert.children()) {
            switch (child.name()) {
                case "instance_attributes" -> lists.write(line, "attributes", child);
                case "meta_attributes" -> lists.write(line, "meta", child);
                case "select" -> select(line, child);
                default -> {}
            }
        }
        for (Element recipient : alert.children("recipient")) {
            line.next("to");
            if (lists.isReferenced(recipient)) {
                line.word("$id=" + recipient.id());
            }
            line.quoted(recipient.attribute("value", ""));
            for (Element child : recipient.children()) {
                switch (child.name()) {
                    case "instance_attributes" -> lists.writeBehind(line, "attributes", child);
                    case "meta_attributes" -> lists.writeBehind(line, "meta", child);
                    default -> {}
                }
            }
        }
    }

    private static void select(Line line, Element select) {
        line.next("select");
        for (Element kind : select.children()) {
            line.word(kind.name().substring(kind.name().indexOf('_') + 1));
            if (!kind.children().isEmpty()) {
                line.word("{");
                kind.children().forEach(attribute -> line.quoted(attribute.attribute("name", "")));
                line.word("}");
            }
        }
    }

    private static void description(Line line, Element element) {
        element.attribute("description").ifPresent(text -> line.next("").pair("description", text));
    }
}
