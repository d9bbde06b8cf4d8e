package org.ringfence.controller.facts;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.ringfence.model.NodeId;
import org.ringfence.model.cib.Cib;
import org.ringfence.model.cib.Resource;
import org.ringfence.model.problem.Place;
import org.ringfence.model.problem.Problem;

/**
 * What nodes were still running when they left: their administrator had told the cluster to keep its hands off. Such a node
 * is not fenced for having left, and nothing of this is started elsewhere until the node is back or known to be off.
 *
 * @param byResource the nodes that left a resource running, by the resource's name
 */
public record LeftRunning(SortedMap<String, SortedSet<String>> byResource) {
    public LeftRunning {
        byResource = Collections.unmodifiableSortedMap(new TreeMap<>(byResource));
    }

    public static LeftRunning of(FactsState facts) {
        var found = new TreeMap<String, SortedSet<String>>();
        facts.facts().values().stream()
                .filter(fact -> fact.key().kind() == Fact.Kind.LEFT_RUNNING)
                .filter(fact -> fact.value().isPresent())
                .forEach(fact -> found.computeIfAbsent(primitive(fact.key().name()), name -> new TreeSet<>())
                        .add(fact.key().node()));
        return new LeftRunning(found);
    }

    /**
     * Whether an action that brings a resource to life might make two of what may be one only. The instances of a clone are
     * meant to run on several nodes; what has been promoted is not.
     */
    public boolean forbids(String instance, String operation, Cib cib) {
        String name = primitive(instance);
        return byResource.containsKey(name) && (operation.equals("promote") || !isCloned(cib, name));
    }

    /** What an administrator can do about each that {@code withheld} names. */
    public List<Problem> problems(SortedSet<String> withheld) {
        List<Problem> problems = new ArrayList<>();
        for (String instance : withheld) {
            for (String node : byResource.getOrDefault(primitive(instance), new TreeSet<>())) {
                problems.add(Problem.error(
                        Place.NONE,
                        "resource " + instance,
                        "is not started: " + new NodeId(node) + " left while it was running it, and may run it still",
                        "start Ringfence on " + node + " again, or 'ringfence fence " + node + "', or, when it is off,"
                                + " 'ringfence fence confirm " + node + "'"));
            }
        }
        return problems;
    }

    private static String primitive(String instance) {
        int colon = instance.indexOf(':');
        return colon < 0 ? instance : instance.substring(0, colon);
    }

    private static boolean isCloned(Cib cib, String name) {
        return cib.configuration().resources().values().stream()
                .filter(top -> top instanceof Resource.Clone || top instanceof Resource.Bundle)
                .anyMatch(top -> contains(top, name));
    }

    private static boolean contains(Resource top, String name) {
        return switch (top) {
            case Resource.Primitive primitive -> primitive.id().equals(name);
            case Resource.Group group -> group.members().stream().anyMatch(member -> contains(member, name));
            case Resource.Clone clone -> contains(clone.child(), name);
            case Resource.Bundle bundle ->
                bundle.child().map(child -> contains(child, name)).orElse(false);
        };
    }
}
