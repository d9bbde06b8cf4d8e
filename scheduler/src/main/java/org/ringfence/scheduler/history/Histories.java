package org.ringfence.scheduler.history;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.ringfence.model.status.OperationRecord;
import org.ringfence.model.status.ResourceHistory;
import org.ringfence.scheduler.cluster.ClusterNode;
import org.ringfence.scheduler.resource.Primitive;

/** Which recorded history belongs to which instance; without those that tell only that a resource is not there. */
public final class Histories {
    private final Map<Primitive, Map<ClusterNode, ResourceHistory>> byPrimitive = new HashMap<>();
    private final List<Primitive> removed = new ArrayList<>();
    /** Instances whose failures on a node are to be forgotten, and why. */
    private final List<Forget> forget = new ArrayList<>();

    private final Set<Repeated> anew = new HashSet<>();

    private record Repeated(ClusterNode node, String id) {}

    /** A fail count to be cleared. */
    public record Forget(Primitive primitive, ClusterNode node, String reason) {}

    void put(Primitive primitive, ClusterNode node, ResourceHistory history) {
        byPrimitive.computeIfAbsent(primitive, none -> new LinkedHashMap<>(2)).put(node, history);
    }

    void addRemoved(Primitive primitive) {
        removed.add(primitive);
    }

    public void forget(Primitive primitive, ClusterNode node, String reason) {
        for (Forget known : forget) {
            if (known.primitive() == primitive && known.node() == node) {
                return;
            }
        }
        forget.add(new Forget(primitive, node, reason));
    }

    /** A repeated operation that has failed and is forgiven begins anew: only so is it told that it still fails. */
    void beginAnew(ClusterNode node, OperationRecord repeated) {
        anew.add(new Repeated(node, repeated.id()));
    }

    public boolean beginsAnew(ClusterNode node, OperationRecord repeated) {
        return anew.contains(new Repeated(node, repeated.id()));
    }

    public List<Forget> toForget() {
        return forget;
    }

    public @Nullable ResourceHistory of(Primitive primitive, ClusterNode node) {
        Map<ClusterNode, ResourceHistory> found = byPrimitive.get(primitive);
        return found == null ? null : found.get(node);
    }

    /** All that nodes remember of a resource. */
    public Map<ClusterNode, ResourceHistory> of(Primitive primitive) {
        return byPrimitive.getOrDefault(primitive, Collections.emptyMap());
    }

    /** The same, by the nodes' places. */
    public Map<ClusterNode, ResourceHistory> inOrder(Primitive primitive) {
        Map<ClusterNode, ResourceHistory> found = of(primitive);
        if (found.size() < 2) {
            return found;
        }
        var sorted = new TreeMap<ClusterNode, ResourceHistory>(Comparator.comparingInt(node -> node.index));
        sorted.putAll(found);
        return sorted;
    }

    /** Resources that only the history knows. */
    public List<Primitive> removed() {
        return removed;
    }
}
