package org.ringfence.scheduler.history;

import org.ringfence.model.status.ExitCode;
import org.ringfence.scheduler.cluster.ClusterNode;
import org.ringfence.scheduler.resource.OnFail;
import org.ringfence.scheduler.resource.Primitive;
import org.ringfence.scheduler.resource.Role;

/**
 * What the operations of one resource on one node add up to, one after the other: the role it is in, and the gravest answer to a failure
 * that nothing done since has put right.
 */
final class Reading {
    private final Primitive primitive;
    private final ClusterNode node;
    private final Migrations migrations;
    private Role role = Role.UNKNOWN;
    private OnFail onFail = OnFail.IGNORE;
    private boolean failed;
    private boolean known;

    Reading(Primitive primitive, ClusterNode node, Migrations migrations) {
        this.primitive = primitive;
        this.node = node;
        this.migrations = migrations;
    }

    Consequences.Sum sum() {
        return new Consequences.Sum(primitive, node, role, onFail, failed, known);
    }

    /** @param answer to the failure, if it is one */
    void add(Outcome outcome, OnFail answer) {
        if (outcome.kind() == Outcome.Kind.PENDING) {
            pending(outcome);
            return;
        }
        known = true;
        if (outcome.failed()) {
            failed(outcome, answer);
        } else if (outcome.kind() == Outcome.Kind.DONE) {
            done(outcome);
        }
    }

    /** An operation that says nothing of the resource, but that the node knows it. */
    void addUnspoken() {
        known = true;
    }

    /** What is under way is taken to get somewhere; a monitor under way tells nothing. */
    private void pending(Outcome outcome) {
        String task = outcome.operation().operation();
        known |= !task.equals("monitor");
        switch (task) {
            case "start" -> {
                primitive.state.startPending = true;
                role = reached(task);
            }
            case "promote" -> role = reached(task);
            case "migrate_to" -> {
                primitive.state.pendingMigration = true;
                migrations.pending(primitive, node, outcome.operation());
                role = running();
            }
            default -> {}
        }
    }

    private void done(Outcome outcome) {
        String task = outcome.operation().operation();
        if (outcome.exitCode() == ExitCode.NOT_RUNNING) {
            role = Role.STOPPED;
            putRight();
            return;
        }
        switch (task) {
            case "notify", "meta-data", "delete", "cancel" -> {}
            case "migrate_to" -> role = migrations.sent(primitive, node, outcome.operation());
            case "monitor" -> {
                role = seen(outcome.exitCode());
                if (outcome.exitCode() != ExitCode.FAILED_PROMOTED) {
                    putRight();
                }
            }
            case "start", "stop", "promote", "demote", "migrate_from" -> {
                role = reached(task);
                putRight();
            }
            default -> role = running();
        }
    }

    private void failed(Outcome outcome, OnFail answer) {
        String task = outcome.operation().operation();
        boolean stop = task.equals("stop");
        if (answer == OnFail.IGNORE && !stop) {
            primitive.state.failureIgnored = true;
            role = reached(task);
            return;
        }
        onFail = answer.compareTo(onFail) > 0 ? answer : onFail;
        if (answer == OnFail.RESTART_CONTAINER && stop) {
            // The container's restart ends what would not end by itself.
            primitive.state.failureIgnored = true;
            role = Role.STOPPED;
            return;
        }
        failed = true;
        switch (task) {
            case "stop" -> role = running();
            case "migrate_to" -> {
                migrations.failedToSend(primitive, node, outcome.operation());
                role = running();
            }
            case "migrate_from" -> {
                migrations.failedToReceive(primitive, node, outcome.operation());
                role = running();
            }
            case "promote" -> role = Role.PROMOTED;
            case "demote" -> demoteFailed(answer);
            default -> role = seen(outcome.exitCode());
        }
        if (outcome.isProbe() && outcome.exitCode() == ExitCode.NOT_INSTALLED) {
            role = Role.STOPPED;
            failed = false;
            onFail = OnFail.IGNORE;
        }
    }

    /** It stays as it is where nobody may touch it; else even one that says it is down is stopped cleanly. */
    private void demoteFailed(OnFail answer) {
        if (answer == OnFail.BLOCK) {
            role = Role.PROMOTED;
            primitive.nextRole = Role.STOPPED;
        } else {
            role = Role.UNPROMOTED;
        }
    }

    /** The role an operation brings about. */
    private Role reached(String task) {
        return switch (task) {
            case "start", "migrate_from" -> Role.STARTED;
            case "stop" -> Role.STOPPED;
            case "promote" -> Role.PROMOTED;
            case "demote" -> Role.UNPROMOTED;
            default -> running();
        };
    }

    /** The role an agent tells of. One that is down against expectation counts as up, so that it is stopped cleanly. */
    private Role seen(ExitCode code) {
        return switch (code) {
            case PROMOTED, FAILED_PROMOTED -> Role.PROMOTED;
            default -> running();
        };
    }

    private Role running() {
        return role.isActive() ? role : Role.STARTED;
    }

    /** What was done since speaks for itself, except where the failure's consequence outlives it. */
    private void putRight() {
        if (onFail == OnFail.RESET_REMOTE && primitive.reconnectMillis() > 0) {
            // Time alone mends it.
            return;
        }
        switch (onFail) {
            case IGNORE -> failed = false;
            case RESTART, RESTART_CONTAINER, BLOCK, DEMOTE, RESET_REMOTE -> {
                onFail = OnFail.IGNORE;
                failed = false;
                primitive.nextRole = Role.UNKNOWN;
            }
            case BAN, STOP, STANDBY, FENCE -> {}
        }
    }
}
