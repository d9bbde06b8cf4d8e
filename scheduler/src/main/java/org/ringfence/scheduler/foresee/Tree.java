package org.ringfence.scheduler.foresee;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.ringfence.model.cib.AttributeSet;
import org.ringfence.model.cib.Configuration;
import org.ringfence.model.cib.Resource;

/** The configured resources, each with what holds it. */
final class Tree {
    private final Map<String, Resource> resources = new TreeMap<>();
    private final Map<String, String> holders = new TreeMap<>();

    Tree(Configuration configuration) {
        configuration.resources().values().forEach(top -> add(top, ""));
    }

    private void add(Resource resource, String holder) {
        resources.put(resource.id(), resource);
        holders.put(resource.id(), holder);
        switch (resource) {
            case Resource.Primitive _ -> {}
            case Resource.Group group -> group.members().forEach(member -> add(member, group.id()));
            case Resource.Clone clone -> add(clone.child(), clone.id());
            case Resource.Bundle bundle -> bundle.child().ifPresent(child -> add(child, bundle.id()));
        }
    }

    /** The name in the configuration of a resource or of an instance; empty when it is neither. */
    Optional<String> configured(String name) {
        if (resources.containsKey(name)) {
            return Optional.of(name);
        }
        int colon = name.indexOf(':');
        if (colon > 0 && resources.containsKey(name.substring(0, colon))) {
            return Optional.of(name.substring(0, colon));
        }
        // What a bundle makes is named after it.
        return resources.values().stream()
                .filter(resource -> resource instanceof Resource.Bundle)
                .map(Resource::id)
                .filter(bundle -> name.startsWith(bundle + "-"))
                .findFirst();
    }

    /** The resource and what holds it, innermost first. */
    List<String> upwards(String resource) {
        List<String> up = new ArrayList<>();
        for (String at = resource; !at.isEmpty(); at = holders.getOrDefault(at, "")) {
            up.add(at);
        }
        return up;
    }

    /** Those of the resource and what holds it that have a meta attribute of such a value. */
    List<String> carriers(String resource, String meta, Predicate<String> value) {
        return upwards(resource).stream()
                .filter(id -> Optional.ofNullable(resources.get(id)).map(Resource::meta).orElse(List.of()).stream()
                        .map(AttributeSet::values)
                        .flatMap(values -> Optional.ofNullable(values.get(meta)).stream())
                        .anyMatch(value))
                .toList();
    }
}
