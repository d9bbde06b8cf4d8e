package org.ringfence.scheduler.cluster;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** All nodes of a run, by place, id and name. Complete before scores are kept, for those count places. */
public final class Nodes {
    private final List<ClusterNode> all = new ArrayList<>();
    private final Map<String, ClusterNode> byId = new HashMap<>();
    private final Map<String, ClusterNode> byName = new HashMap<>();

    public ClusterNode add(String id, String name, ClusterNode.Kind kind) {
        var node = new ClusterNode(all.size(), id, name, kind);
        all.add(node);
        byId.putIfAbsent(id, node);
        byName.putIfAbsent(name, node);
        return node;
    }

    public List<ClusterNode> all() {
        return Collections.unmodifiableList(all);
    }

    public int count() {
        return all.size();
    }

    public ClusterNode get(int index) {
        return all.get(index);
    }

    public @Nullable ClusterNode byId(String id) {
        return byId.get(id);
    }

    public @Nullable ClusterNode byName(String name) {
        return byName.get(name);
    }
}
