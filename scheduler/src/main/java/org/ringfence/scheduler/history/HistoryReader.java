package org.ringfence.scheduler.history;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.ringfence.model.status.NodeState;
import org.ringfence.model.status.OperationRecord;
import org.ringfence.model.status.ResourceHistories;
import org.ringfence.model.status.ResourceHistory;
import org.ringfence.model.status.Status;
import org.ringfence.scheduler.cluster.ClusterNode;
import org.ringfence.scheduler.cluster.Nodes;
import org.ringfence.scheduler.cluster.Options;
import org.ringfence.scheduler.resource.NodeFencing;
import org.ringfence.scheduler.resource.Primitive;
import org.ringfence.scheduler.resource.ResourceBuilder;
import org.ringfence.scheduler.resource.Resources;

/**
 * Reads what every node remembers and settles what each resource is and where, which nodes have to be fenced for it, and
 * what may not be done any more.
 */
public final class HistoryReader {
    private final Status status;
    private final Options options;
    private final Nodes nodes;
    private final Resources resources;
    private final Histories histories = new Histories();
    private final InstanceFinder finder;
    private final Absences absences;
    private final Reading.Knowledge knowledge;
    private final Migrations migrations;
    private final Consequences consequences;

    public HistoryReader(
            Status status,
            Options options,
            Nodes nodes,
            Resources resources,
            ResourceBuilder builder,
            FailCounts failCounts,
            Instant now) {
        this.status = status;
        this.options = options;
        this.nodes = nodes;
        this.resources = resources;
        this.finder = new InstanceFinder(nodes, resources, builder, histories);
        this.absences = new Absences(finder);
        this.migrations = new Migrations(status, nodes);
        this.knowledge = new Reading.Knowledge(
                nodes,
                failCounts,
                histories,
                new Expiry(options, failCounts, histories, now),
                migrations,
                options.maintenance());
        this.consequences = new Consequences(options, new NodeFencing(resources));
    }

    /** Members first, then the nodes that can be reached only through what runs on members. */
    public Histories read() {
        for (ClusterNode node : inStatusOrder()) {
            if (!node.isRemoteOrGuest() && (node.online || options.fencingEnabled())) {
                read(node);
            }
        }
        finder.linkContents();
        readRemote(inStatusOrder().stream().filter(ClusterNode::isRemoteOrGuest).toList());
        return histories;
    }

    /** What a node says can make the next one known as up, as with a guest on a remote node. */
    private void readRemote(List<ClusterNode> remote) {
        var nodesStatus = new RemoteNodes(resources);
        var waiting = new ArrayList<>(remote);
        boolean changed = true;
        while (changed) {
            changed = waiting.removeIf(node -> {
                boolean up = nodesStatus.isUp(node);
                if (up) {
                    nodesStatus.settle(node);
                    read(node);
                }
                return up;
            });
        }
        for (ClusterNode node : waiting) {
            nodesStatus.settle(node);
            if (options.fencingEnabled()) {
                read(node);
            }
        }
    }

    private List<ClusterNode> inStatusOrder() {
        var ordered = new ArrayList<ClusterNode>();
        for (NodeState state : status.nodes().values()) {
            ClusterNode node = nodes.byId(state.id());
            if (node == null) {
                node = nodes.byName(state.uname());
            }
            if (node != null && !ordered.contains(node)) {
                ordered.add(node);
            }
        }
        for (ClusterNode node : nodes.all()) {
            if (!ordered.contains(node)) {
                ordered.add(node);
            }
        }
        return ordered;
    }

    private void read(ClusterNode node) {
        NodeState state = migrations.state(node);
        if (state == null) {
            return;
        }
        var remembered = ResourceHistories.copyOf(state.history());
        for (int place = 0; place < remembered.size(); place++) {
            if (absences.note(remembered, place, node)) {
                continue;
            }
            ResourceHistory history = remembered.at(place);
            if (!history.operations().isEmpty() || history.other().containsKey("shutdown-lock")) {
                read(history, node, remembered.onlyAbsent(place));
            }
        }
    }

    private void read(ResourceHistory history, ClusterNode node, boolean onlyAbsent) {
        Primitive primitive = finder.find(history, node);
        if (onlyAbsent && primitive.remoteNode == null && primitive.settings.failureTimeoutMillis() == 0) {
            absent(history, primitive, node);
            return;
        }
        lock(primitive, node, history);
        boolean alreadyActive = primitive.active.contains(node);
        if (!alreadyActive) {
            histories.put(primitive, node, history);
            if (primitive.isAnonymousInstance() && primitive.active.isEmpty()) {
                primitive.historyName = history.resource();
            }
        }
        var reading = new Reading(knowledge, primitive, node);
        for (OperationRecord operation : PresentRun.sorted(history)) {
            reading.add(operation);
        }
        consequences.settle(reading.sum());
        forgetNumber(history, primitive);
    }

    /** What reading would come to where nothing is remembered but that the resource is not there, and no failure can be over. */
    private void absent(ResourceHistory history, Primitive primitive, ClusterNode node) {
        primitive.probed[node.index] = true;
        if (!primitive.active.contains(node)) {
            if (!Absences.tellsNothingElse(history.agent(), primitive)) {
                histories.put(primitive, node, history);
            }
            if (primitive.active.isEmpty() && primitive.isAnonymousInstance()) {
                primitive.historyName = history.resource();
            }
        }
        forgetNumber(history, primitive);
    }

    /** A numbered name means the instance that was active under it, no other; or one made for this history. */
    private static void forgetNumber(ResourceHistory history, Primitive primitive) {
        if (primitive.active.isEmpty()
                && primitive.parent != null
                && !primitive.removed
                && history.resource().indexOf(':') >= 0
                && primitive.isAnonymousInstance()) {
            primitive.historyName = null;
        }
    }

    private static void lock(Primitive primitive, ClusterNode node, ResourceHistory history) {
        String lock = history.other().get("shutdown-lock");
        if (lock != null) {
            try {
                primitive.state.lockTime = Long.parseLong(lock);
                primitive.state.lockedTo = node;
            } catch (NumberFormatException notATime) {
                primitive.state.lockedTo = null;
            }
        }
    }
}
