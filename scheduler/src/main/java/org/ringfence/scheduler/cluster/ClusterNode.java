package org.ringfence.scheduler.cluster;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.ringfence.model.NodeId;

/**
 * A node as one run sees it. Its state is settled while the status is read; afterwards only reasons to fence it are added,
 * until actions are made.
 */
public final class ClusterNode {
    /** How a node takes part. */
    public enum Kind {
        /** A member of the cluster proper. */
        MEMBER,
        /** Reached through a connection resource. */
        REMOTE,
        /** A virtual machine or container that is itself a resource. */
        GUEST
    }

    /** Place in {@link Nodes#all()}, by which scores are kept. */
    public final int index;

    public final String id;
    public final String name;
    public final Kind kind;

    /** Permanent attributes, and above them transient ones. */
    public final Map<String, String> attributes = new LinkedHashMap<>();

    public final Map<String, Integer> capacity = new LinkedHashMap<>();

    public boolean online;
    /** A replica of a bundle: nothing runs there but what the bundle holds. */
    public boolean inBundle;

    /** Known by what the status says of its connection only, which is not configured any more. */
    public boolean removed;

    public boolean pending;
    public boolean standby;
    public boolean standbyOnFail;
    public boolean maintenance;
    public boolean shutdown;
    public boolean expectedUp;
    /** Seen in the membership as far as the status says. */
    public boolean inMembership;
    /** Fencing is needed before anything that may run there is started elsewhere. */
    public boolean unclean;
    /** Never seen: no state at all; or a remote node that is to be seen before it is judged. */
    public boolean unseen;
    /** Whether resources may be probed there. */
    public boolean probesWanted = true;

    public boolean requiresReset;
    public boolean wasReset;
    /** The connection or container resource's id for a remote or guest node, else empty. */
    public String connection = "";

    public String container = "";
    /** Last reason given first; why it is to be fenced. */
    public final List<String> fencingReasons = new ArrayList<>();
    /** Resources assigned here in this run, by which equal nodes are told apart. */
    public int assignedCount;

    private @Nullable NodeId nodeId;

    public ClusterNode(int index, String id, String name, Kind kind) {
        this.index = index;
        this.id = id;
        this.name = name;
        this.kind = kind;
    }

    /** Its name as graphs carry it. */
    public NodeId nodeId() {
        NodeId known = nodeId;
        if (known == null) {
            known = new NodeId(name);
            nodeId = known;
        }
        return known;
    }

    public boolean isRemoteOrGuest() {
        return kind != Kind.MEMBER;
    }

    public @Nullable String attribute(String wanted) {
        return attributes.get(wanted);
    }

    /** Whether it could run something: online, clean, and nothing says that it must not. */
    public boolean available() {
        return online && !unclean && !shutdown && !standby && !standbyOnFail && !pending;
    }

    public boolean unavailableForNew() {
        return standby || standbyOnFail || pending;
    }

    @Override
    public String toString() {
        return name;
    }
}
