package org.ringfence.scheduler.resource;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.ringfence.scheduler.cluster.ClusterNode;

/** One container of a bundle with its address, its connection and what runs inside. */
public final class Replica {
    public final Bundle bundle;
    public final int number;
    public @Nullable Primitive address;
    public @Nullable Primitive container;
    public @Nullable Primitive connection;
    public @Nullable Primitive child;
    public @Nullable ClusterNode node;

    public Replica(Bundle bundle, int number) {
        this.bundle = bundle;
        this.number = number;
    }

    /** What the cluster runs for it, without what runs inside. */
    public List<Primitive> parts() {
        var parts = new ArrayList<Primitive>();
        if (address != null) {
            parts.add(address);
        }
        if (container != null) {
            parts.add(container);
        }
        if (connection != null) {
            parts.add(connection);
        }
        return parts;
    }
}
