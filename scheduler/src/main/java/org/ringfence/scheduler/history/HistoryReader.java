package org.ringfence.scheduler.history;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.ringfence.model.status.NodeState;
import org.ringfence.model.status.OperationRecord;
import org.ringfence.model.status.ResourceHistory;
import org.ringfence.model.status.Status;
import org.ringfence.model.value.Score;
import org.ringfence.scheduler.cluster.ClusterNode;
import org.ringfence.scheduler.cluster.Nodes;
import org.ringfence.scheduler.cluster.Options;
import org.ringfence.scheduler.resource.Clone;
import org.ringfence.scheduler.resource.NodeFencing;
import org.ringfence.scheduler.resource.OnFail;
import org.ringfence.scheduler.resource.Primitive;
import org.ringfence.scheduler.resource.Resource;
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
    private final FailCounts failCounts;
    private final Histories histories = new Histories();
    private final InstanceFinder finder;
    private final Expiry expiry;
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
        this.failCounts = failCounts;
        this.expiry = new Expiry(options, failCounts, histories, now);
        this.finder = new InstanceFinder(nodes, resources, builder, histories);
        this.migrations = new Migrations(status, nodes);
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
        for (ResourceHistory history : state.history().values()) {
            if (!history.operations().isEmpty() || history.other().containsKey("shutdown-lock")) {
                read(history, node);
            }
        }
    }

    private void read(ResourceHistory history, ClusterNode node) {
        Primitive primitive = finder.find(history, node);
        lock(primitive, node, history);
        boolean alreadyActive = primitive.active.contains(node);
        if (!alreadyActive) {
            histories.put(primitive, node, history);
            if (primitive.isAnonymousInstance() && primitive.active.isEmpty()) {
                primitive.historyName = history.resource();
            }
        }
        consequences.settle(sum(primitive, node, history));
        boolean numbered = history.resource().indexOf(':') >= 0 && primitive.isAnonymousInstance();
        if (primitive.active.isEmpty() && numbered && !primitive.removed) {
            // A numbered name means the instance that was active under it, no other; or one made for this history.
            primitive.historyName = null;
        }
    }

    private Consequences.Sum sum(Primitive primitive, ClusterNode node, ResourceHistory history) {
        var reading = new Reading(primitive, node, migrations);
        for (OperationRecord operation : PresentRun.sorted(history)) {
            Outcome outcome = Outcome.of(operation, primitive.managed);
            boolean over = outcome.kind() != Outcome.Kind.PENDING && expiry.isOver(primitive, node, operation);
            if (!outcome.failed()) {
                reading.add(outcome, OnFail.IGNORE);
            } else if (!over) {
                OnFail answer = failCounts.onFail(
                        primitive, operation.operation(), operation.interval().toMillis());
                if (answer != OnFail.IGNORE) {
                    ban(primitive, node, outcome);
                }
                reading.add(outcome, answer);
            } else if (outcome.leavesSomething()) {
                reading.add(outcome.forgiven(), OnFail.IGNORE);
            } else {
                reading.addUnspoken();
                histories.beginAnew(node, operation);
            }
        }
        return reading.sum();
    }

    /** What cannot get better on a node, or anywhere, is not tried there again. */
    private void ban(Primitive primitive, ClusterNode node, Outcome outcome) {
        switch (outcome.kind()) {
            case FAILED_HERE -> ban(primitive, node);
            case FAILED_EVERYWHERE -> nodes.all().forEach(each -> ban(primitive, each));
            default -> {}
        }
    }

    private static void ban(Primitive primitive, ClusterNode from) {
        Clone clone = primitive.cloneOf();
        if (clone != null && !clone.unique) {
            for (Resource instance : clone.instances) {
                instance.scores[from.index] = -Score.INFINITY;
                instance.visitPrimitives(each -> {
                    if (each.configured.id().equals(primitive.configured.id())) {
                        each.scores[from.index] = -Score.INFINITY;
                    }
                });
            }
        }
        primitive.scores[from.index] = -Score.INFINITY;
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
