package org.ringfence.model.cib;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SequencedMap;
import org.ringfence.model.problem.Problem;
import org.ringfence.model.value.Score;
import org.ringfence.model.xml.Element;

/** Reads the {@code configuration} element, id-refs resolved, into its view. Leaves resources and constraints to their readers. */
final class ConfigurationReader {
    private final List<Problem> problems;

    private ConfigurationReader(List<Problem> problems) {
        this.problems = problems;
    }

    static Configuration read(Element configuration, List<Problem> problems) {
        return new ConfigurationReader(problems).configuration(configuration);
    }

    private Configuration configuration(Element configuration) {
        var resources = new ResourceReader(problems);
        section(configuration, "resources").forEach(resources::readTemplate);
        var top = new LinkedHashMap<String, Resource>();
        for (Element child : section(configuration, "resources")) {
            resources.read(child).ifPresent(resource -> top.put(resource.id(), resource));
        }
        var constraints = new ArrayList<Constraint>();
        var constraintReader = new ConstraintReader(problems);
        for (Element child : section(configuration, "constraints")) {
            constraintReader.read(child).ifPresent(constraints::add);
        }
        return new Configuration(
                AttributeSets.read(configuration.child("crm_config"), "cluster_property_set", problems),
                AttributeSets.read(configuration.child("rsc_defaults"), "meta_attributes", problems),
                AttributeSets.read(configuration.child("op_defaults"), "meta_attributes", problems),
                nodes(configuration),
                top,
                constraints,
                resources.primitivesByTemplate(),
                tags(configuration),
                fencingLevels(configuration));
    }

    private static List<Element> section(Element configuration, String name) {
        return configuration.child(name).map(Element::children).orElse(List.of());
    }

    private SequencedMap<String, ConfiguredNode> nodes(Element configuration) {
        var nodes = new LinkedHashMap<String, ConfiguredNode>();
        for (Element node : section(configuration, "nodes")) {
            if (!node.name().equals("node")) {
                continue;
            }
            String name = node.attribute("uname", node.id());
            nodes.put(
                    node.id(),
                    new ConfiguredNode(
                            node.id(),
                            name,
                            node.attribute("type", ""),
                            AttributeSets.read(Optional.of(node), "instance_attributes", problems),
                            AttributeSets.read(Optional.of(node), "utilization", problems),
                            node.place()));
        }
        return nodes;
    }

    private static SequencedMap<String, List<String>> tags(Element configuration) {
        var tags = new LinkedHashMap<String, List<String>>();
        for (Element tag : section(configuration, "tags")) {
            if (tag.name().equals("tag")) {
                tags.put(
                        tag.id(),
                        tag.children("obj_ref").stream().map(Element::id).toList());
            }
        }
        return tags;
    }

    private List<FencingLevel> fencingLevels(Element configuration) {
        var levels = new ArrayList<FencingLevel>();
        for (Element level : section(configuration, "fencing-topology")) {
            if (!level.name().equals("fencing-level")) {
                continue;
            }
            FencingLevel.Kind kind = FencingLevel.Kind.NODE;
            String target = level.attribute("target", "");
            if (level.attribute("target-pattern").isPresent()) {
                kind = FencingLevel.Kind.PATTERN;
                target = level.attribute("target-pattern", "");
            } else if (level.attribute("target-attribute").isPresent()) {
                kind = FencingLevel.Kind.ATTRIBUTE;
                target = level.attribute("target-value", "");
            }
            var devices = new ArrayList<String>();
            for (String device : level.attribute("devices", "").split(",")) {
                if (!device.isBlank()) {
                    devices.add(device.strip());
                }
            }
            int index = Score.parse(level.attribute("index", ""), 0);
            if (index < 1 || index > 9) {
                problems.add(Problem.warning(
                        level.place(), level.label(), "index is not a number from 1 to 9; the level is not used", ""));
                continue;
            }
            levels.add(new FencingLevel(
                    level.id(), kind, target, level.attribute("target-attribute", ""), index, devices, level.place()));
        }
        return levels;
    }

    /** Roles by their present names, in lower case: {@code master} and {@code slave} are older words. */
    static String role(String written) {
        return switch (written.toLowerCase(Locale.ROOT)) {
            case "master", "promoted" -> "promoted";
            case "slave", "unpromoted" -> "unpromoted";
            case String other -> other;
        };
    }
}
