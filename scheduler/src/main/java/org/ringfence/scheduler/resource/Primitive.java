package org.ringfence.scheduler.resource;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.ringfence.model.AgentName;
import org.ringfence.model.cib.AttributeSet;
import org.ringfence.model.value.TimeSpan;
import org.ringfence.scheduler.cluster.ClusterNode;

/** One instance of something that an agent runs. */
public final class Primitive extends Resource {
    public final org.ringfence.model.cib.Resource.Primitive configured;

    /** How much of each capacity of its node it takes. */
    public final Map<String, Integer> utilization = new LinkedHashMap<>();

    /** The name by which the nodes' histories know it, when one does; keys of its actions are made from it. */
    public @Nullable String historyName;

    /** The node that this resource is the connection to or the container of, if it is. */
    public @Nullable ClusterNode remoteNode;

    /** What it is in a bundle's replica; null elsewhere. */
    public @Nullable Replica replica;

    /** The resource whose container this one's node is; set for what runs on guest nodes' connections. */
    public @Nullable Primitive container;

    /** Those that name this one as their container. */
    public final List<Primitive> contents = new ArrayList<>();

    public Primitive(
            org.ringfence.model.cib.Resource.Primitive configured,
            String id,
            @Nullable Collective parent,
            Settings settings,
            int position,
            int nodes) {
        super(id, parent, settings, position, nodes);
        this.configured = configured;
    }

    public AgentName agent() {
        return configured.agent();
    }

    public boolean isFenceDevice() {
        return agent().standard().equals("stonith");
    }

    /** Whether it is the connection to a remote or guest node. */
    public boolean isConnection() {
        return remoteNode != null
                && agent().standard().equals("ocf")
                && agent().type().equals("remote");
    }

    /** Whether it was placed on the node that the container is, rather than beside the container. */
    public boolean runsOnGuestOf(Primitive inside) {
        ClusterNode node = assigned;
        return node != null && (node.container.equals(inside.id) || node == inside.remoteNode);
    }

    /** After how long a failure is forgotten; that of a connection, when it is tried again. 0 for never. */
    public long failureTimeoutMillis() {
        long reconnect = isConnection() ? reconnectMillis() : 0;
        return reconnect > 0 ? reconnect : settings.failureTimeoutMillis();
    }

    /** Connections to remote nodes may unless they are told not to, others only if they are told to. */
    public boolean mayMigrate() {
        boolean remote = isConnection()
                && container == null
                && settings.meta("allow-migrate", "").isEmpty();
        return remote || settings.allowMigrate();
    }

    /** How long a connection is kept down before it is tried again; 0 when that is not set. */
    public long reconnectMillis() {
        for (AttributeSet set : configured.parameters()) {
            String value = set.values().get("reconnect_interval");
            if (value != null) {
                return TimeSpan.parseMillis(value, 0);
            }
        }
        return 0;
    }

    /** Whether instances of its clone are interchangeable; false outside of clones. */
    public boolean isAnonymousInstance() {
        Clone clone = cloneOf();
        return clone != null && !clone.unique;
    }

    /** Whether the node was asked about it; about an instance that is interchangeable it was when it was about any. */
    public boolean isKnownOn(ClusterNode node) {
        return (parent instanceof Clone clone && !clone.unique)
                ? clone.instances.stream().anyMatch(instance -> instance.probed[node.index])
                : probed[node.index];
    }

    /** The name in keys of its actions: the history's for interchangeable instances, else its own. */
    public String actionName() {
        String known = historyName;
        return known != null && isAnonymousInstance() ? known : id;
    }
}
