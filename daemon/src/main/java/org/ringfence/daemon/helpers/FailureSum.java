package org.ringfence.daemon.helpers;

import java.util.Optional;
import org.ringfence.model.cib.ConfiguredNode;
import org.ringfence.model.status.NodeState;

/** How often a resource has failed on a node. */
final class FailureSum {
    private static final String INFINITY = "INFINITY";
    private static final long INFINITE = 1_000_000;

    private FailureSum() {}

    /** @param operation only of this one; empty for all together */
    static String of(Known known, ConfiguredNode node, String resource, Optional<String> operation) {
        NodeState state = known.cib().status().nodes().get(node.id());
        if (state == null) {
            return "0";
        }
        String prefix = "fail-count-" + resource + "#"
                + operation.map(name -> name + "_").orElse("");
        long sum = state.attributes().entrySet().stream()
                .filter(entry -> entry.getKey().startsWith(prefix))
                .mapToLong(entry -> count(entry.getValue()))
                .sum();
        return sum >= INFINITE ? INFINITY : Long.toString(sum);
    }

    private static long count(String value) {
        if (value.equals(INFINITY)) {
            return INFINITE;
        }
        return value.matches("[0-9]{1,9}") ? Long.parseLong(value) : 0;
    }
}
