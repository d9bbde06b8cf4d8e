package org.ringfence.scheduler.resource;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.ringfence.model.value.Truth;

/** Replicas of a container, each with what belongs to it; what runs inside is a clone over the replicas' guest nodes. */
public final class Bundle extends Collective {
    public final List<Replica> replicas = new ArrayList<>();
    public @Nullable Clone child;
    public int replicasPerHost = 1;
    public final boolean notify;

    public Bundle(String id, Settings settings, int position, int nodes) {
        super(id, null, settings, position, nodes);
        this.notify = Truth.parse(settings.meta("notify", ""), false);
    }

    /** What location constraints on the bundle hold for: all else goes where its container goes. */
    public List<Primitive> located() {
        var located = new ArrayList<Primitive>();
        for (Replica replica : replicas) {
            if (replica.container != null) {
                located.add(replica.container);
            }
            if (replica.address != null) {
                located.add(replica.address);
            }
        }
        return located;
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
