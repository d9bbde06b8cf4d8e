package org.ringfence.scheduler.history;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.ringfence.model.status.NodeState;
import org.ringfence.model.status.OperationRecord;
import org.ringfence.model.status.ResourceHistories;
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
import org.ringfence.scheduler.resource.Role;

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
    private final Absences absences;
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
        this.absences = new Absences(finder);
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
        var reading = new Reading(primitive, node);
        for (OperationRecord operation : PresentRun.sorted(history)) {
            reading.add(operation);
        }
        consequences.settle(
                new Consequences.Sum(primitive, node, reading.role, reading.onFail, reading.failed, reading.known));
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

    /** What the operations on one node add up to, one after the other. */
    private final class Reading {
        final Primitive primitive;
        final ClusterNode node;
        Role role = Role.UNKNOWN;
        OnFail onFail = OnFail.IGNORE;
        boolean failed;
        boolean known;

        Reading(Primitive primitive, ClusterNode node) {
            this.primitive = primitive;
            this.node = node;
        }

        void add(OperationRecord operation) {
            Outcome outcome = Outcome.of(operation, primitive.managed);
            if (outcome.kind() == Outcome.Kind.PENDING) {
                pending(operation);
                return;
            }
            boolean over = expiry.isOver(primitive, node, operation);
            if (outcome.failed() && over) {
                // It says nothing any more: what is not known otherwise is asked for, what is repeated begins anew.
                histories.beginAnew(node, operation);
                known |= !operation.interval().isZero();
                return;
            }
            known = true;
            switch (outcome.kind()) {
                case DONE -> done(outcome);
                case FAILED, FAILED_HERE, FAILED_EVERYWHERE -> failed(outcome);
                case PENDING, NOTHING -> {}
            }
        }

        private void pending(OperationRecord operation) {
            switch (operation.operation()) {
                case "start" -> {
                    primitive.state.startPending = true;
                    role = Role.STARTED;
                    known = true;
                }
                case "promote" -> {
                    role = Role.PROMOTED;
                    known = true;
                }
                case "migrate_to" -> {
                    known = true;
                    primitive.state.pendingMigration = true;
                    migrations.pending(primitive, node, operation);
                    if (!role.isActive()) {
                        role = Role.STARTED;
                    }
                }
                case "monitor" -> {}
                // Any other says nothing yet, not even that the node was ever asked about the resource.
                default -> {}
            }
        }

        private void done(Outcome outcome) {
            OperationRecord operation = outcome.operation();
            boolean clears = false;
            if (outcome.exitCode() == org.ringfence.model.status.ExitCode.NOT_RUNNING) {
                role = Role.STOPPED;
                clear();
                return;
            }
            switch (operation.operation()) {
                case "monitor" -> {
                    switch (outcome.exitCode()) {
                        case NOT_RUNNING -> {
                            role = Role.STOPPED;
                            clears = true;
                        }
                        case PROMOTED, FAILED_PROMOTED -> {
                            role = Role.PROMOTED;
                            clears = outcome.exitCode() != org.ringfence.model.status.ExitCode.FAILED_PROMOTED;
                        }
                        default -> {
                            if (!role.isActive()) {
                                role = Role.STARTED;
                            }
                            clears = true;
                        }
                    }
                }
                case "start" -> {
                    role = Role.STARTED;
                    clears = true;
                }
                case "stop" -> {
                    role = Role.STOPPED;
                    clears = true;
                }
                case "promote" -> {
                    role = Role.PROMOTED;
                    clears = true;
                }
                case "demote" -> {
                    role = Role.UNPROMOTED;
                    clears = true;
                }
                case "migrate_from" -> {
                    role = Role.STARTED;
                    clears = true;
                }
                case "migrate_to" -> role = migrations.sent(primitive, node, operation);
                case "notify", "meta-data", "delete", "cancel" -> {}
                default -> {
                    if (!role.isActive()) {
                        role = Role.STARTED;
                    }
                }
            }
            if (clears) {
                clear();
            }
        }

        /** What was done since speaks for itself, except where the failure's consequence outlives it. */
        private void clear() {
            boolean had = onFail != OnFail.IGNORE;
            if (onFail == OnFail.RESET_REMOTE && primitive.reconnectMillis() > 0) {
                // Time alone mends it.
                return;
            }
            switch (onFail) {
                case IGNORE, RESTART, RESTART_CONTAINER, BLOCK, DEMOTE, RESET_REMOTE -> {
                    onFail = OnFail.IGNORE;
                    failed = false;
                    primitive.state.promotionFailed = false;
                    if (had) {
                        primitive.nextRole = Role.UNKNOWN;
                    }
                }
                case BAN, STOP, STANDBY, FENCE -> {}
            }
        }

        private void failed(Outcome outcome) {
            OperationRecord operation = outcome.operation();
            long interval = operation.interval().toMillis();
            OnFail wanted = failCounts.onFail(primitive, operation.operation(), interval);
            switch (outcome.kind()) {
                case FAILED_HERE -> {
                    if (wanted != OnFail.IGNORE) {
                        ban(node);
                    }
                }
                case FAILED_EVERYWHERE -> {
                    if (wanted != OnFail.IGNORE) {
                        nodes.all().forEach(this::ban);
                    }
                }
                default -> {}
            }
            if (wanted == OnFail.IGNORE) {
                if (!operation.operation().equals("stop")) {
                    ignored(outcome);
                    return;
                }
            }
            if (wanted == OnFail.RESTART_CONTAINER && operation.operation().equals("stop")) {
                // The container's restart ends what would not end by itself.
                primitive.state.failureIgnored = true;
                role = Role.STOPPED;
                if (onFail.compareTo(OnFail.RESTART_CONTAINER) < 0) {
                    onFail = wanted;
                }
                return;
            }
            failed = true;
            if (wanted.compareTo(onFail) > 0) {
                onFail = wanted;
            }
            switch (operation.operation()) {
                case "stop", "migrate_to" -> {
                    if (operation.operation().equals("migrate_to")) {
                        migrations.failedToSend(primitive, node, operation);
                    }
                    if (!role.isActive()) {
                        role = Role.STARTED;
                    }
                }
                case "migrate_from" -> {
                    migrations.failedToReceive(primitive, node, operation);
                    if (!role.isActive()) {
                        role = Role.STARTED;
                    }
                }
                case "promote" -> {
                    role = Role.PROMOTED;
                    primitive.state.promotionFailed = true;
                }
                case "demote" -> {
                    if (wanted == OnFail.BLOCK) {
                        role = Role.PROMOTED;
                        primitive.nextRole = Role.STOPPED;
                    } else {
                        // Even one that says it is down is stopped cleanly.
                        role = Role.UNPROMOTED;
                    }
                }
                default -> {
                    switch (outcome.exitCode()) {
                        case PROMOTED, FAILED_PROMOTED -> role = Role.PROMOTED;
                        case NOT_RUNNING -> {
                            // Whoever expected it to run has to see to it that it is stopped cleanly.
                            if (!role.isActive()) {
                                role = Role.STARTED;
                            }
                        }
                        case NOT_INSTALLED, INVALID_PARAMETER -> {
                            // What cannot even be asked for here was not started here.
                            if (outcome.isProbe()) {
                                role = Role.STOPPED;
                                failed = false;
                                onFail = OnFail.IGNORE;
                            } else if (!role.isActive()) {
                                role = Role.STARTED;
                            }
                        }
                        default -> {
                            if (!role.isActive()) {
                                role = Role.STARTED;
                            }
                        }
                    }
                }
            }
        }

        private void ignored(Outcome outcome) {
            primitive.state.failureIgnored = true;
            switch (outcome.operation().operation()) {
                case "start" -> role = Role.STARTED;
                case "promote" -> role = Role.PROMOTED;
                case "demote" -> role = Role.UNPROMOTED;
                default -> {
                    if (!role.isActive()) {
                        role = Role.STARTED;
                    }
                }
            }
        }

        private void ban(ClusterNode from) {
            Resource resource = primitive;
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
            resource.scores[from.index] = -Score.INFINITY;
        }
    }
}
