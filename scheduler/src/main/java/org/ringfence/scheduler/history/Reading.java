package org.ringfence.scheduler.history;

import org.ringfence.model.status.ExitCode;
import org.ringfence.model.status.OperationRecord;
import org.ringfence.model.value.Score;
import org.ringfence.scheduler.cluster.ClusterNode;
import org.ringfence.scheduler.cluster.Nodes;
import org.ringfence.scheduler.resource.Clone;
import org.ringfence.scheduler.resource.OnFail;
import org.ringfence.scheduler.resource.Primitive;
import org.ringfence.scheduler.resource.Resource;
import org.ringfence.scheduler.resource.Role;

/** What the operations of one resource on one node add up to, one after the other. */
final class Reading {
    private final Knowledge knowledge;
    private final Primitive primitive;
    private final ClusterNode node;
    private Role role = Role.UNKNOWN;
    private OnFail onFail = OnFail.IGNORE;
    private boolean failed;
    private boolean known;

    Reading(Knowledge knowledge, Primitive primitive, ClusterNode node) {
        this.knowledge = knowledge;
        this.primitive = primitive;
        this.node = node;
    }

    /**
     * What reading depends on, the same for all of a run.
     *
     * @param maintenance whether the whole cluster is in maintenance
     */
    record Knowledge(
            Nodes nodes,
            FailCounts failCounts,
            Histories histories,
            Expiry expiry,
            Migrations migrations,
            boolean maintenance) {}

    Consequences.Sum sum() {
        return new Consequences.Sum(primitive, node, role, onFail, failed, known);
    }

    void add(OperationRecord operation) {
        boolean leftAlone = !primitive.managed || primitive.maintenance || knowledge.maintenance();
        Outcome outcome = Outcome.of(operation, leftAlone);
        if (outcome.kind() == Outcome.Kind.PENDING) {
            pending(operation);
            return;
        }
        primitive.state.everFailed |= outcome.failed();
        boolean over = knowledge.expiry().isOver(primitive, node, operation);
        if (outcome.failed() && over) {
            // It says nothing any more: what is not known otherwise is asked for, what is repeated begins anew.
            knowledge.histories().beginAnew(node, operation);
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
                knowledge.migrations().pending(primitive, node, operation);
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
        if (outcome.exitCode() == ExitCode.NOT_RUNNING) {
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
                        clears = outcome.exitCode() != ExitCode.FAILED_PROMOTED;
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
            case "migrate_to" -> role = knowledge.migrations().sent(primitive, node, operation);
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
        OnFail wanted = knowledge.failCounts().onFail(primitive, operation.operation(), interval);
        switch (outcome.kind()) {
            case FAILED_HERE -> {
                if (wanted != OnFail.IGNORE) {
                    ban(node);
                }
            }
            case FAILED_EVERYWHERE -> {
                if (wanted != OnFail.IGNORE) {
                    knowledge.nodes().all().forEach(this::ban);
                }
            }
            default -> {}
        }
        if (wanted == OnFail.IGNORE) {
            ignored(outcome);
            return;
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
                    knowledge.migrations().failedToSend(primitive, node, operation);
                }
                if (!role.isActive()) {
                    role = Role.STARTED;
                }
            }
            case "migrate_from" -> {
                knowledge.migrations().failedToReceive(primitive, node, operation);
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

    /** It counts as what it should have come to; were a stop done again instead, it could fail again for ever. */
    private void ignored(Outcome outcome) {
        primitive.state.failureIgnored = true;
        switch (outcome.operation().operation()) {
            case "stop" -> {
                role = Role.STOPPED;
                clear();
            }
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

    /** Instances that nothing tells apart fail alike: a member of a cloned group takes the others along. */
    private void ban(ClusterNode from) {
        Clone clone = primitive.cloneOf();
        if (clone != null && !clone.unique) {
            for (Resource instance : clone.instances) {
                instance.scores[from.index] = -Score.INFINITY;
                instance.visitPrimitives(each -> each.scores[from.index] = -Score.INFINITY);
            }
        }
        primitive.scores[from.index] = -Score.INFINITY;
    }
}
