package org.ringfence.scheduler.action;

import static org.ringfence.scheduler.action.Ordering.THEN_IF_FIRST;
import static org.ringfence.scheduler.action.Ordering.THEN_NEEDS_FIRST;

import org.jspecify.annotations.Nullable;
import org.ringfence.model.cib.Operation;
import org.ringfence.model.status.ExecutionStatus;
import org.ringfence.model.status.OperationRecord;
import org.ringfence.model.status.ResourceHistory;
import org.ringfence.scheduler.cluster.ClusterNode;
import org.ringfence.scheduler.cluster.Nodes;
import org.ringfence.scheduler.cluster.Options;
import org.ringfence.scheduler.history.Histories;
import org.ringfence.scheduler.history.ParameterChanges;
import org.ringfence.scheduler.history.PresentRun;
import org.ringfence.scheduler.resource.OperationSettings;
import org.ringfence.scheduler.resource.Primitive;
import org.ringfence.scheduler.resource.Resource;
import org.ringfence.scheduler.resource.Resources;
import org.ringfence.scheduler.resource.Role;

/** Begins the repeated operations that go with each resource's role, and ends those that do not any more. */
public final class RecurringActions {
    private final Options options;
    private final Nodes nodes;
    private final Resources resources;
    private final Histories histories;
    private final ParameterChanges changes;
    private final Actions actions;

    public RecurringActions(
            Options options,
            Nodes nodes,
            Resources resources,
            Histories histories,
            ParameterChanges changes,
            Actions actions) {
        this.options = options;
        this.nodes = nodes;
        this.resources = resources;
        this.histories = histories;
        this.changes = changes;
        this.actions = actions;
    }

    public void create() {
        for (Primitive primitive : resources.primitives()) {
            if (primitive.maintenance) {
                cancelAll(primitive);
            }
            if (primitive.maintenance || primitive.removed || primitive.blocked) {
                continue;
            }
            for (Operation operation : primitive.configured.operations()) {
                if (operation.intervalMillis() > 0
                        && OperationSettings.enabled(operation)
                        && !isRepeated(primitive, operation)) {
                    create(primitive, operation);
                }
            }
        }
    }

    /** In maintenance nobody watches. */
    private void cancelAll(Primitive primitive) {
        for (ClusterNode node : primitive.active) {
            if (node.shutdown || node.standby || !Housekeeping.mayForget(node)) {
                continue;
            }
            for (Operation operation : primitive.configured.operations()) {
                OperationRecord record = operation.intervalMillis() == 0
                        ? null
                        : record(primitive, operation.name(), operation.intervalMillis(), node);
                if (record != null) {
                    beforeChanges(primitive, actions.cancel(primitive, record, node));
                }
            }
        }
    }

    /** Whether an operation is configured more than once, which leaves open what is meant: none of them is used. */
    private static boolean isRepeated(Primitive primitive, Operation operation) {
        int same = 0;
        for (Operation other : primitive.configured.operations()) {
            if (other.intervalMillis() == operation.intervalMillis()
                    && other.name().equals(operation.name())) {
                same++;
            }
        }
        return same > 1;
    }

    private static boolean isStoppedRole(Operation operation) {
        return Role.parse(operation.attributes().getOrDefault("role", "")) == Role.STOPPED;
    }

    private void create(Primitive primitive, Operation operation) {
        switch (operation.name()) {
            case "start", "stop", "promote", "demote", "migrate_to", "migrate_from" -> {
                return;
            }
            default -> {}
        }
        if (isStoppedRole(operation)) {
            whereStopped(primitive, operation);
            return;
        }
        ClusterNode node = primitive.assigned;
        Role wanted = Role.parse(operation.attributes().getOrDefault("role", ""));
        boolean fits = wanted == Role.UNKNOWN
                ? primitive.nextRole == Role.STARTED || primitive.nextRole == Role.UNPROMOTED
                // One for the started role is not for promotable instances, which are promoted or unpromoted.
                : primitive.nextRole == wanted;
        if (node == null || !primitive.nextRole.isActive()) {
            return;
        }
        boolean going = isGoingOn(primitive, operation, node);
        if (!fits) {
            // What watched the promoted role ended with that role; nothing goes on in a guest that is lost.
            boolean ended = wanted == Role.PROMOTED && primitive.role != Role.PROMOTED;
            // A stop ends it too.
            boolean restarts = actions.of(primitive, "start").stream().anyMatch(Action::isRequired);
            if (going && !ended && !restarts && !node.requiresReset) {
                cancel(primitive, operation.name(), operation.intervalMillis(), node);
            }
            return;
        }
        if ((!node.online || node.unclean) && node.kind != ClusterNode.Kind.GUEST) {
            // What is off, or about to be fenced, is watched by nobody.
            return;
        }
        Action monitor = actions.get(primitive, operation.name(), operation.intervalMillis(), node, going);
        if (primitive.nextRole == Role.PROMOTED) {
            monitor.attributes.put("CRM_meta_op_target_rc", "8");
        }
        for (Action start : actions.of(primitive, "start")) {
            actions.order(start, monitor, THEN_IF_FIRST | THEN_NEEDS_FIRST);
        }
        if (primitive.nextRole == Role.PROMOTED) {
            for (Action promote : actions.of(primitive, "promote")) {
                actions.order(promote, monitor, THEN_NEEDS_FIRST);
            }
        } else if (primitive.role == Role.PROMOTED) {
            for (Action demote : actions.of(primitive, "demote")) {
                actions.order(demote, monitor, THEN_NEEDS_FIRST);
            }
        }
    }

    /** Whether the node carries it out already, as far as its history says; not before it said how that went first. */
    private boolean isGoingOn(Primitive primitive, Operation operation, ClusterNode node) {
        OperationRecord record = record(primitive, operation.name(), operation.intervalMillis(), node);
        return record != null
                && primitive.active.contains(node)
                && record.executionStatus() != ExecutionStatus.CANCELLED
                && record.executionStatus() != ExecutionStatus.PENDING
                && !histories.beginsAnew(node, record)
                && !changes.outdated(primitive, node, record);
    }

    private @Nullable OperationRecord record(Primitive primitive, String name, long interval, ClusterNode node) {
        ResourceHistory history = histories.of(primitive, node);
        if (history == null) {
            return null;
        }
        OperationRecord found = null;
        for (OperationRecord record : PresentRun.of(history)) {
            if (record.operation().equals(name)
                    && record.interval().toMillis() == interval
                    && !record.id().contains("_last_failure_")) {
                found = record;
            }
        }
        return found;
    }

    private void cancel(Primitive primitive, String name, long interval, ClusterNode node) {
        beforeChanges(primitive, actions.cancel(primitive, name, interval, node));
    }

    private void beforeChanges(Primitive primitive, Action cancel) {
        for (String task : new String[] {"demote", "promote"}) {
            for (Action change : actions.of(primitive, task)) {
                actions.order(cancel, change, 0);
            }
        }
    }

    /** A monitor for the stopped role watches that the resource does not run where it should not. */
    private void whereStopped(Primitive primitive, Operation operation) {
        if (primitive.isAnonymousInstance() || (!options.startupProbes() && primitive.active.isEmpty())) {
            return;
        }
        for (ClusterNode node : nodes.all()) {
            if (!node.online || node.unclean || node.isRemoteOrGuest()) {
                continue;
            }
            boolean going = record(primitive, operation.name(), operation.intervalMillis(), node) != null
                    && !(primitive.managed && primitive.active.contains(node));
            if (node == primitive.assigned && primitive.nextRole.isActive()) {
                if (record(primitive, operation.name(), operation.intervalMillis(), node) != null) {
                    Action cancel = actions.cancel(primitive, operation.name(), operation.intervalMillis(), node);
                    actions.order(cancel, primitive, primitive.nextRole == Role.PROMOTED ? "promote" : "start", 0);
                }
                continue;
            }
            Action monitor = actions.get(primitive, operation.name(), operation.intervalMillis(), node, going);
            monitor.attributes.put("CRM_meta_op_target_rc", "7");
            Action probe = actions.find(primitive, "monitor", node);
            if (probe != null) {
                actions.order(probe, monitor, 0);
            }
            Action stop = actions.find(primitive, "stop", node);
            if (stop != null) {
                actions.order(stop, monitor, THEN_IF_FIRST | THEN_NEEDS_FIRST);
            }
        }
    }

    static boolean sameTop(Resource left, Resource right) {
        return left.top() == right.top();
    }
}
