package org.ringfence.scheduler.history;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.ringfence.model.status.ParameterDigest;
import org.ringfence.scheduler.cluster.ClusterNode;
import org.ringfence.scheduler.resource.OperationSettings;
import org.ringfence.scheduler.resource.Primitive;

/**
 * What operations would be given now, to be held against what they were given. All instances of a clone are given the same, on every node unless
 * a rule asks for it, so each digest is computed once for all of them. For one decision, on its thread.
 */
final class PresentParameters {
    private final OperationSettings operations;
    /** By whose they are; few operations each. */
    private final Map<String, List<Given>> found = new HashMap<>();

    PresentParameters(OperationSettings operations) {
        this.operations = operations;
    }

    /** @param interval milliseconds */
    Given of(Primitive primitive, ClusterNode node, String operation, long interval) {
        return given(primitive, node, operation, interval, false);
    }

    /** With the timeout, which counts as a parameter of what is repeated. */
    Given timed(Primitive primitive, ClusterNode node, String operation, long interval) {
        return given(primitive, node, operation, interval, interval > 0);
    }

    private Given given(Primitive primitive, ClusterNode node, String operation, long interval, boolean timed) {
        List<Given> known = found.computeIfAbsent(operations.whose(primitive, node), _ -> new ArrayList<>(2));
        for (Given given : known) {
            if (given.interval == interval && given.timed == timed && given.operation.equals(operation)) {
                return given;
            }
        }
        SortedMap<String, String> values = operations.digested(primitive, node, operation, interval);
        if (timed) {
            values.put(
                    "CRM_meta_timeout",
                    operations.meta(primitive, operation, interval).getOrDefault("timeout", "20000"));
        }
        var made = new Given(operation, interval, timed, values);
        known.add(made);
        return made;
    }

    /** Names and values. */
    static final class Given {
        private final String operation;
        private final long interval;
        private final boolean timed;
        private final SortedMap<String, String> values;
        private @Nullable String digest;

        private Given(String operation, long interval, boolean timed, SortedMap<String, String> values) {
            this.operation = operation;
            this.interval = interval;
            this.timed = timed;
            this.values = values;
        }

        /** Some of them. */
        private Given with(SortedMap<String, String> some) {
            return new Given(operation, interval, timed, some);
        }

        /** All but those. */
        Given without(Predicate<String> names) {
            var kept = new TreeMap<>(values);
            kept.keySet().removeIf(names);
            return with(kept);
        }

        /** Empty where there is none of that name. */
        String value(String name) {
            return values.getOrDefault(name, "");
        }

        /**
         * Whether a digest from a history is that of these. Releases of Pacemaker before 2.1.8 write quotes and line feeds in another
         * way, and so do nodes: either is right.
         */
        boolean matches(String other) {
            if (digest == null) {
                digest = Digest.of(values);
            }
            return digest.equals(other) || ParameterDigest.of(values).equals(other);
        }
    }
}
