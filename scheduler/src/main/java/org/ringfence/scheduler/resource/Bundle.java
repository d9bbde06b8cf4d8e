package org.ringfence.scheduler.resource;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Replicas of a container, each with what belongs to it; what runs inside is a clone over the replicas' guest nodes. */
public final class Bundle extends Collective {
    public final List<Replica> replicas = new ArrayList<>();
    public @Nullable Clone child;
    public int replicasPerHost = 1;

    public Bundle(String id, Settings settings, int position, int nodes) {
        super(id, null, settings, position, nodes);
    }

    @Override
    public List<Resource> children() {
        var children = new ArrayList<Resource>();
        if (child != null) {
            children.add(child);
        }
        for (Replica replica : replicas) {
            children.addAll(replica.parts());
        }
        return children;
    }
}
