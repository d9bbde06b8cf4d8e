package org.ringfence.scheduler.history;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.ringfence.model.NodeId;
import org.ringfence.model.status.ExecutionStatus;
import org.ringfence.model.status.NodeState;
import org.ringfence.model.status.OperationRecord;
import org.ringfence.model.status.ResourceHistory;
import org.ringfence.model.status.Status;
import org.ringfence.scheduler.cluster.ClusterNode;
import org.ringfence.scheduler.cluster.Nodes;
import org.ringfence.scheduler.resource.Primitive;
import org.ringfence.scheduler.resource.Role;

/** What is left of live migrations: a migration takes two operations on two nodes, and may end between them. */
final class Migrations {
    private final Status status;
    private final Nodes nodes;

    Migrations(Status status, Nodes nodes) {
        this.status = status;
        this.nodes = nodes;
    }

    @Nullable
    NodeState state(ClusterNode node) {
        NodeState state = status.nodes().get(node.id);
        if (state != null) {
            return state;
        }
        for (NodeState other : status.nodes().values()) {
            if (other.uname().equals(node.name)) {
                return other;
            }
        }
        return null;
    }

    private @Nullable ClusterNode node(Optional<NodeId> name) {
        return name.map(id -> nodes.byName(id.name())).orElse(null);
    }

    /** The latest outcome of an operation on a node, as long as the same two nodes are concerned when {@code like} is given. */
    private @Nullable OperationRecord latest(
            Primitive primitive, ClusterNode node, String operation, @Nullable OperationRecord like) {
        NodeState state = state(node);
        if (state == null) {
            return null;
        }
        ResourceHistory history =
                state.history().get(primitive.historyName == null ? primitive.id : primitive.historyName);
        OperationRecord found = null;
        if (history != null) {
            for (OperationRecord record : history.operations()) {
                if (record.operation().equals(operation)
                        && (like == null
                                || (record.migrateSource().equals(like.migrateSource())
                                        && record.migrateTarget().equals(like.migrateTarget())))
                        && (found == null || record.callId() > found.callId())) {
                    found = record;
                }
            }
        }
        return found;
    }

    private boolean stoppedSince(Primitive primitive, ClusterNode node, int callId) {
        OperationRecord stop = latest(primitive, node, "stop", null);
        return stop != null && stop.exitCode() == 0 && stop.callId() > callId;
    }

    /** Whether a start or an arrival on the node is newer than the departure. */
    private boolean arrivedSince(Primitive primitive, ClusterNode node, int callId) {
        for (String operation : new String[] {"start", "migrate_from"}) {
            OperationRecord record = latest(primitive, node, operation, null);
            if (record != null && record.callId() > callId) {
                return true;
            }
        }
        return false;
    }

    void pending(Primitive primitive, ClusterNode source, OperationRecord operation) {
        ClusterNode target = node(operation.migrateTarget());
        if (target != null && target.online && source.online && !target.unclean) {
            primitive.state.partialSource = source;
            primitive.state.partialTarget = target;
        }
    }

    /** A departure that went well: what it is on the source depends on what became of it on the target. */
    Role sent(Primitive primitive, ClusterNode source, OperationRecord operation) {
        ClusterNode target = node(operation.migrateTarget());
        if (arrivedSince(primitive, source, operation.callId())) {
            return Role.STARTED;
        }
        if (stoppedSince(primitive, source, operation.callId())) {
            // A stop on the source ends the migration, whatever became of it.
            return Role.STOPPED;
        }
        if (target == null) {
            return Role.STARTED;
        }
        OperationRecord arrival = latest(primitive, target, "migrate_from", operation);
        OperationRecord start = latest(primitive, target, "start", null);
        if (arrival == null || arrival.executionStatus() == ExecutionStatus.PENDING) {
            if (start != null && arrival == null && newer(start, operation)) {
                return Role.STOPPED;
            }
            OperationRecord monitor = latest(primitive, target, "monitor", null);
            boolean notThere = monitor != null && monitor.exitCode() == 7 && newer(monitor, operation);
            boolean stopped = stoppedOn(primitive, target, operation);
            if (target.online && !target.unclean && !notThere && !stopped) {
                primitive.state.partialSource = source;
                primitive.state.partialTarget = target;
                return Role.STARTED;
            }
            if (!target.online || notThere || stopped) {
                primitive.state.failed = true;
                if (notThere || stopped) {
                    return Role.STARTED;
                }
            }
            return Role.STARTED;
        }
        if (arrival.executionStatus() == ExecutionStatus.DONE && arrival.exitCode() == 0) {
            // It runs on the target; what is left on the source still has to be stopped.
            if (target.online) {
                primitive.state.dangling.add(source);
            }
            return Role.STOPPED;
        }
        return Role.STARTED;
    }

    private boolean stoppedOn(Primitive primitive, ClusterNode node, OperationRecord since) {
        OperationRecord stop = latest(primitive, node, "stop", null);
        return stop != null && stop.exitCode() == 0 && newer(stop, since);
    }

    /** Of two nodes' operations; what has no time recorded was not overtaken by anything. */
    private static boolean newer(OperationRecord record, OperationRecord than) {
        return than.lastChange().getEpochSecond() > 0 && record.lastChange().isAfter(than.lastChange());
    }

    void failedToSend(Primitive primitive, ClusterNode source, OperationRecord operation) {
        ClusterNode target = node(operation.migrateTarget());
        if (target != null
                && target.online
                && !target.unclean
                && !arrivedSince(primitive, source, operation.callId())) {
            OperationRecord stop = latest(primitive, target, "stop", null);
            OperationRecord monitor = latest(primitive, target, "monitor", null);
            boolean gone = (stop != null && newer(stop, operation)) || (monitor != null && newer(monitor, operation));
            if (!gone && !primitive.active.contains(target)) {
                addActive(primitive, target);
            }
        }
    }

    void failedToReceive(Primitive primitive, ClusterNode target, OperationRecord operation) {
        ClusterNode source = node(operation.migrateSource());
        if (source != null && source.online && !source.unclean) {
            OperationRecord departure = latest(primitive, source, "migrate_to", operation);
            if (departure != null
                    && !stoppedSince(primitive, source, departure.callId())
                    && !primitive.active.contains(source)) {
                addActive(primitive, source);
            }
        }
    }

    private static void addActive(Primitive primitive, ClusterNode node) {
        primitive.active.add(node);
        if (primitive.role.compareTo(Role.STARTED) < 0) {
            primitive.role = Role.STARTED;
        }
    }
}
