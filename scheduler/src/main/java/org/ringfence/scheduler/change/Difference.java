package org.ringfence.scheduler.change;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.ringfence.model.status.NodeState;
import org.ringfence.model.status.ResourceHistories;
import org.ringfence.model.status.Status;

/** What is different in one status from another, by parts. */
final class Difference {
    private static final String FAIL_COUNT = "fail-count-";
    private static final String LAST_FAILURE = "last-failure-";

    private Difference() {}

    /** The parts that something new is known of; empty when the difference is not about parts alone. */
    @SuppressWarnings("ReferenceEquality") // a quick yes for most
    static Optional<BitSet> between(Status before, Status after, Parts parts) {
        boolean sameNodes = new ArrayList<>(before.nodes().keySet())
                .equals(new ArrayList<>(after.nodes().keySet()));
        if (!sameNodes || !before.tickets().equals(after.tickets())) {
            return Optional.empty();
        }
        var found = new BitSet();
        for (NodeState now : after.nodes().values()) {
            NodeState then = before.nodes().get(now.id());
            if (then != null && then != now && !add(then, now, parts, found)) {
                return Optional.empty();
            }
        }
        return Optional.of(found);
    }

    @SuppressWarnings("ReferenceEquality") // the same again
    private static boolean add(NodeState then, NodeState now, Parts parts, BitSet found) {
        boolean sameNode = then.uname().equals(now.uname())
                && then.membership().equals(now.membership())
                && then.other().equals(now.other());
        if (!sameNode) {
            return false;
        }
        if (now.history() == then.history() && now.attributes().equals(then.attributes())) {
            return true;
        }
        for (String name :
                ResourceHistories.copyOf(now.history()).differing(ResourceHistories.copyOf(then.history()))) {
            if (!parts.add(ResourceHistories.withoutNumber(name), found)) {
                return false;
            }
        }
        Set<String> attributes = new TreeSet<>(then.attributes().keySet());
        attributes.addAll(now.attributes().keySet());
        for (String name : attributes) {
            boolean same = then.attributes().containsKey(name)
                    && then.attributes().get(name).equals(now.attributes().get(name));
            if (!same && !(isFailure(name) && parts.add(failed(name), found))) {
                return false;
            }
        }
        return true;
    }

    /** Whether the attribute counts failures of a resource, or tells when the last one was. */
    static boolean isFailure(String attribute) {
        return attribute.startsWith(FAIL_COUNT) || attribute.startsWith(LAST_FAILURE);
    }

    /** The resource that it is about. */
    static String failed(String attribute) {
        int from = attribute.startsWith(FAIL_COUNT) ? FAIL_COUNT.length() : LAST_FAILURE.length();
        int operation = attribute.indexOf('#', from);
        return ResourceHistories.withoutNumber(
                attribute.substring(from, operation < 0 ? attribute.length() : operation));
    }

    /** All nodes, with what they remember of these primitives. */
    static Status only(Status status, Collection<String> primitives) {
        var nodes = new LinkedHashMap<String, NodeState>();
        status.nodes()
                .forEach((id, node) -> nodes.put(
                        id,
                        new NodeState(
                                node.id(),
                                node.uname(),
                                node.membership(),
                                node.attributes(),
                                ResourceHistories.copyOf(node.history()).only(primitives),
                                node.other())));
        return new Status(nodes, status.tickets());
    }
}
