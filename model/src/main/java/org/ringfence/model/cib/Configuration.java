package org.ringfence.model.cib;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * The configuration with meaning: a view of the document, made when it is read. All lists stand in the document's order,
 * templates and id-refs are resolved.
 *
 * @param nodes     by node id
 * @param resources by id, those at the top only; groups and clones hold theirs
 * @param templates by template id, the primitives made from it
 * @param tags      by tag id, what it names; may name what does not exist
 */
public record Configuration(
        List<AttributeSet> properties,
        List<AttributeSet> resourceDefaults,
        List<AttributeSet> operationDefaults,
        SequencedMap<String, ConfiguredNode> nodes,
        SequencedMap<String, Resource> resources,
        List<Constraint> constraints,
        SequencedMap<String, List<String>> templates,
        SequencedMap<String, List<String>> tags,
        List<FencingLevel> fencingLevels) {

    public Configuration {
        properties = List.copyOf(properties);
        resourceDefaults = List.copyOf(resourceDefaults);
        operationDefaults = List.copyOf(operationDefaults);
        nodes = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(nodes));
        resources = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(resources));
        constraints = List.copyOf(constraints);
        templates = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(templates));
        tags = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(tags));
        fencingLevels = List.copyOf(fencingLevels);
    }

    /**
     * A cluster property by its new or old name, from the sets without a rule. Sets with one need a time: the scheduler's.
     */
    public Optional<String> property(String name) {
        String wanted = PropertyNames.canonical(name);
        return AttributeSet.byImportance(properties).stream()
                .filter(set -> set.rule().isEmpty())
                .flatMap(set -> Optional.ofNullable(set.values().get(wanted)).stream())
                .findFirst();
    }

    public Optional<ConfiguredNode> nodeNamed(String name) {
        return nodes.values().stream().filter(node -> node.name().equals(name)).findFirst();
    }
}
