package org.ringfence.scheduler.history;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.ringfence.model.cib.Operation;
import org.ringfence.model.status.OperationRecord;
import org.ringfence.model.value.Score;
import org.ringfence.scheduler.cluster.ClusterNode;
import org.ringfence.scheduler.cluster.Nodes;
import org.ringfence.scheduler.resource.Clone;
import org.ringfence.scheduler.resource.OnFail;
import org.ringfence.scheduler.resource.OperationSettings;
import org.ringfence.scheduler.resource.Primitive;
import org.ringfence.scheduler.resource.Resource;

/** How often resources failed on nodes, as transient node attributes keep it: {@code fail-count-RESOURCE#OPERATION_INTERVAL}. */
public final class FailCounts {
    private final Instant now;
    private final OperationSettings operations;
    private final Map<String, Integer> cache = new HashMap<>();
    /** Per node, what stands under each base name, so that attributes are read once. */
    private final Map<ClusterNode, Map<String, List<Entry>>> byNode = new HashMap<>();

    /** A node's count for one operation, or the time of its last failure. */
    private record Entry(boolean time, String operation, String value) {}

    public FailCounts(Instant now, OperationSettings operations) {
        this.now = now;
        this.operations = operations;
    }

    private List<Entry> entries(ClusterNode node, String name) {
        return byNode.computeIfAbsent(node, FailCounts::read).getOrDefault(name, List.of());
    }

    private static Map<String, List<Entry>> read(ClusterNode node) {
        var found = new HashMap<String, List<Entry>>();
        node.attributes.forEach((attribute, value) -> {
            boolean count = attribute.startsWith("fail-count-");
            if (count || attribute.startsWith("last-failure-")) {
                String rest = attribute.substring(count ? "fail-count-".length() : "last-failure-".length());
                int hash = rest.lastIndexOf('#');
                String resource = hash < 0 ? rest : rest.substring(0, hash);
                found.computeIfAbsent(resource, none -> new ArrayList<>())
                        .add(new Entry(!count, hash < 0 ? "" : rest.substring(hash + 1), value));
            }
        });
        return found;
    }

    /** Nodes on which anything failed. */
    public List<ClusterNode> nodesWithFailures(Nodes nodes) {
        return nodes.all().stream()
                .filter(node -> !byNode.computeIfAbsent(node, FailCounts::read).isEmpty())
                .toList();
    }

    private static List<String> names(Primitive primitive) {
        String known = primitive.historyName;
        var names = new ArrayList<String>();
        names.add(known == null ? primitive.id : known);
        String base = primitive.configured.id();
        if (!names.contains(base) && primitive.cloneOf() != null && !unique(primitive)) {
            names.add(base);
        }
        if (!names.contains(primitive.id) && !unique(primitive)) {
            names.add(primitive.id);
        }
        return names;
    }

    private static boolean unique(Primitive primitive) {
        Clone clone = primitive.cloneOf();
        return clone != null && clone.unique;
    }

    /** Time of the last failure on the node; EPOCH when there was none. */
    public Instant lastFailure(Primitive primitive, ClusterNode node) {
        long last = 0;
        for (String name : names(primitive)) {
            for (Entry entry : entries(node, name)) {
                if (entry.time) {
                    last = Math.max(last, number(entry.value));
                }
            }
        }
        return Instant.ofEpochSecond(last);
    }

    private static long number(String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException notANumber) {
            return 0;
        }
    }

    /** All failures, expired ones too. */
    public int raw(Primitive primitive, ClusterNode node) {
        int count = 0;
        for (String name : names(primitive)) {
            for (Entry entry : entries(node, name)) {
                if (!entry.time) {
                    count = Score.add(count, Score.parse(entry.value, 0));
                }
            }
        }
        return count;
    }

    /** Failures that still count. */
    public int effective(Primitive primitive, ClusterNode node) {
        return cache.computeIfAbsent(primitive.id + "\n" + node.index, _ -> {
            int count = raw(primitive, node);
            return count > 0 && expired(primitive, node) ? 0 : count;
        });
    }

    /** Those of a container are also those of what runs in it. */
    private int withContents(Primitive primitive, ClusterNode node) {
        int count = effective(primitive, node);
        if (primitive.replica == null) {
            for (Primitive inside : primitive.contents) {
                count = Score.add(count, effective(inside, node));
            }
        }
        return count;
    }

    /** Whether failures are old enough to be forgotten. Those that block the resource never are. */
    public boolean expired(Primitive primitive, ClusterNode node) {
        long timeout = primitive.failureTimeoutMillis();
        if (timeout <= 0 || blocks(primitive, node)) {
            return false;
        }
        Instant last = lastFailure(primitive, node);
        return last.getEpochSecond() > 0 && last.plusMillis(timeout).compareTo(now) <= 0;
    }

    private boolean blocks(Primitive primitive, ClusterNode node) {
        for (Operation operation : primitive.configured.operations()) {
            if ("block".equals(operation.attributes().get("on-fail"))) {
                String key = operation.name() + "_" + operation.intervalMillis();
                for (String name : names(primitive)) {
                    for (Entry entry : entries(node, name)) {
                        if (!entry.time && (entry.operation.equals(key) || entry.operation.isEmpty())) {
                            return true;
                        }
                    }
                }
            }
        }
        return false;
    }

    /** Whether the operation is configured to block the resource when it fails. */
    boolean blocksWhenFailed(Primitive primitive, OperationRecord failed) {
        return primitive.configured.operations().stream()
                .anyMatch(operation -> "block".equals(operation.attributes().get("on-fail"))
                        && operation.name().equals(failed.operation())
                        && operation.intervalMillis() == failed.interval().toMillis());
    }

    /** What a failure leads to for the resource. */
    public OnFail onFail(Primitive primitive, String operation, long intervalMillis) {
        return operations.onFail(primitive, operation, intervalMillis);
    }

    /**
     * The resource that has to leave a node where {@code primitive} failed too often: the clone for interchangeable
     * instances, else itself; null when it may stay.
     */
    public @Nullable Resource toLeave(Primitive primitive, ClusterNode node) {
        int threshold = primitive.settings.migrationThreshold();
        if (threshold <= 0
                || (threshold >= Score.INFINITY && !primitive.settings.meta().containsKey("migration-threshold"))) {
            int count = threshold > 0 ? withContents(primitive, node) : 0;
            return count >= Score.INFINITY ? wide(primitive) : null;
        }
        return withContents(primitive, node) >= threshold ? wide(primitive) : null;
    }

    private static Resource wide(Primitive primitive) {
        Clone clone = primitive.cloneOf();
        if (clone != null && !clone.unique) {
            return clone;
        }
        return primitive;
    }
}
