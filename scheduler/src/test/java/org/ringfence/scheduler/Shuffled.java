package org.ringfence.scheduler;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.ringfence.model.xml.Element;

/**
 * The same configuration with its elements in another order, where order means nothing. It means something, and is kept,
 *
 * <ul>
 *   <li>for resources, members of groups, operations and references in sets: earlier ones come first;
 *   <li>for sets of attributes: of two with one score the later decides;
 *   <li>in a set that has a name twice: the first counts;
 *   <li>for what nodes report where there are clones: instances get their numbers in that order, and among equals the lower number is
 *       preferred.
 * </ul>
 */
final class Shuffled {
    private static final Set<String> UNORDERED =
            Set.of("nodes", "constraints", "node_state", "lrm_resource", "tickets");
    private static final Set<String> VALUES =
            Set.of("cluster_property_set", "meta_attributes", "instance_attributes", "utilization");
    private static final Set<String> REPORTS = Set.of("status", "lrm_resources");
    private static final Set<String> CLONES = Set.of("clone", "master");

    private final boolean clones;
    private final Random random;

    private Shuffled(boolean clones, Random random) {
        this.clones = clones;
        this.random = random;
    }

    static Element of(Element cib, long seed) {
        return new Shuffled(hasClone(cib), new Random(seed)).shuffled(cib);
    }

    private static boolean hasClone(Element element) {
        return CLONES.contains(element.name()) || element.children().stream().anyMatch(Shuffled::hasClone);
    }

    private Element shuffled(Element element) {
        List<Element> children = new ArrayList<>();
        element.children().forEach(child -> children.add(shuffled(child)));
        boolean free = UNORDERED.contains(element.name())
                || (VALUES.contains(element.name()) && namesOnce(children))
                || (REPORTS.contains(element.name()) && !clones);
        if (free) {
            Collections.shuffle(children, random);
        }
        return element.withChildren(children);
    }

    private static boolean namesOnce(List<Element> values) {
        Set<String> names = new HashSet<>();
        return values.stream().allMatch(value -> names.add(value.attribute("name", value.name())));
    }
}
