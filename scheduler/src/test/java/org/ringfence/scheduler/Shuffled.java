package org.ringfence.scheduler;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.ringfence.model.xml.Element;

/**
 * The same configuration with its elements in another order, where order means nothing: nodes, constraints, values of a set,
 * what nodes report. Resources, members, operations, sets and references in sets keep theirs.
 */
final class Shuffled {
    static final Set<String> UNORDERED = Set.of(
            "nodes",
            "constraints",
            "status",
            "node_state",
            "lrm_resources",
            "lrm_resource",
            "cluster_property_set",
            "meta_attributes",
            "instance_attributes",
            "utilization",
            "tickets");

    private Shuffled() {}

    static Element of(Element element, Set<String> unordered, Random random) {
        List<Element> children = new ArrayList<>();
        for (Element child : element.children()) {
            children.add(of(child, unordered, random));
        }
        if (unordered.contains(element.name())) {
            Collections.shuffle(children, random);
        }
        return element.withChildren(children);
    }
}
