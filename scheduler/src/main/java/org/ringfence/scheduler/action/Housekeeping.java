package org.ringfence.scheduler.action;

import java.util.ArrayList;
import java.util.List;
import org.ringfence.model.status.OperationRecord;
import org.ringfence.model.status.ResourceHistory;
import org.ringfence.scheduler.cluster.ClusterNode;
import org.ringfence.scheduler.cluster.Nodes;
import org.ringfence.scheduler.cluster.Options;
import org.ringfence.scheduler.history.FailCounts;
import org.ringfence.scheduler.history.Histories;
import org.ringfence.scheduler.history.ParameterChanges;
import org.ringfence.scheduler.history.PresentRun;
import org.ringfence.scheduler.reason.Cause;
import org.ringfence.scheduler.reason.Cause.Kind;
import org.ringfence.scheduler.reason.Source;
import org.ringfence.scheduler.resource.OperationSettings;
import org.ringfence.scheduler.resource.Primitive;
import org.ringfence.scheduler.resource.Resource;
import org.ringfence.scheduler.resource.Resources;
import org.ringfence.scheduler.resource.Role;

/**
 * Makes nodes forget: resources that are not configured any more, repeated operations likewise, failures that expired.
 * Nodes that leave, or where nothing may run, are left alone: what is known there is settled when they are back.
 */
public final class Housekeeping {
    private final Options options;
    private final Nodes nodes;
    private final Resources resources;
    private final Histories histories;
    private final FailCounts failCounts;
    private final Actions actions;

    public Housekeeping(
            Options options,
            Nodes nodes,
            Resources resources,
            Histories histories,
            FailCounts failCounts,
            Actions actions) {
        this.options = options;
        this.nodes = nodes;
        this.resources = resources;
        this.histories = histories;
        this.failCounts = failCounts;
        this.actions = actions;
    }

    public void create() {
        for (Primitive primitive : resources.primitives()) {
            if (primitive.state.lockToForget != null) {
                // Nothing depends on it: should it fail, the next transition asks again.
                actions.get(primitive, "lrm_delete", primitive.state.lockToForget, false)
                        .attributes
                        .put("CRM_meta_on_fail", "ignore");
            }
            histories.inOrder(primitive).forEach((node, history) -> tidy(primitive, node, history));
        }
        resources.primitives().forEach(this::forgetRemoved);
        for (Histories.Forget forget : List.copyOf(histories.toForget())) {
            Primitive primitive = forget.primitive();
            if (primitive.managed && forget.node().online && !forget.node().unclean) {
                Action clear = actions.get(primitive, "clear_failcount", forget.node(), false);
                clear.attributes.put("CRM_meta_op_no_wait", "true");
                clear.cause = Cause.of(Kind.CARE, Source.of("primitive", primitive.id), forget.reason());
                if (primitive.removed) {
                    // Once it is deleted there is nobody left who could be asked to forget.
                    actions.order(clear, primitive, "stop", 0);
                }
            }
        }
    }

    private void tidy(Primitive primitive, ClusterNode node, ResourceHistory history) {
        if (!mayForget(node)) {
            return;
        }
        boolean configured = !primitive.removed || primitive.cloneOf() != null;
        if (!configured || ParameterChanges.otherAgent(primitive, history)) {
            delete(primitive, node);
        } else if (options.stopRemovedActions() && primitive.active.contains(node)) {
            cancelRemoved(primitive, node, history);
        }
    }

    static boolean mayForget(ClusterNode node) {
        return node.available() || (node.maintenance && node.online && !node.unclean);
    }

    /** What a node remembers is deleted under the name that it has there. */
    private void delete(Primitive primitive, ClusterNode node) {
        if (!primitive.managed || (primitive.removed && !options.stopRemovedResources())) {
            return;
        }
        List<Primitive> namesakes = namesakes(primitive);
        Primitive deleted = namesakes.stream()
                .filter(namesake -> namesake.id.equals(primitive.actionName()))
                .findFirst()
                .orElse(primitive);
        Action delete = actions.get(deleted, "delete", node, false);
        for (Primitive namesake : namesakes) {
            for (Action stop : actions.of(namesake, "stop")) {
                actions.order(stop, delete, 0);
            }
        }
        for (Action start : actions.of(primitive, "start")) {
            actions.order(delete, start, 0);
        }
    }

    /** Instances that go by one name; those made for what nodes remember share it with configured ones. */
    private static List<Primitive> namesakes(Primitive primitive) {
        var found = new ArrayList<Primitive>();
        Resource whole = primitive.cloneOf() == null ? primitive : primitive.cloneOf();
        whole.visitPrimitives(other -> {
            if (other.actionName().equals(primitive.actionName())) {
                found.add(other);
            }
        });
        return found;
    }

    /** Nobody asks any more how often something failed that is not configured, once those that remember it can be told. */
    private void forgetRemoved(Primitive primitive) {
        boolean reachable = histories.of(primitive).keySet().stream().anyMatch(node -> node.online && !node.unclean);
        if (primitive.removed && primitive.cloneOf() == null && reachable) {
            for (ClusterNode node : failCounts.nodesWithFailures(nodes)) {
                if (failCounts.effective(primitive, node) > 0) {
                    histories.forget(primitive, node, "it is not configured any more");
                }
            }
        }
    }

    private void cancelRemoved(Primitive primitive, ClusterNode node, ResourceHistory history) {
        if (primitive.maintenance || primitive.nextRole == Role.STOPPED) {
            return;
        }
        for (OperationRecord record : PresentRun.of(history)) {
            long interval = record.interval().toMillis();
            if (interval == 0
                    || record.operation().equals("cancel")
                    || record.id().contains("_last_failure_")
                    || OperationSettings.configured(primitive, record.operation(), interval)
                            .isPresent()) {
                continue;
            }
            Action cancel = actions.cancel(primitive, record, node);
            // A stop ends it too, and then there is nothing left to be cancelled.
            actions.of(primitive, "stop").forEach(stop -> actions.order(stop, cancel, 0));
            if (failCounts.effective(primitive, node) > 0) {
                histories.forget(primitive, node, "an operation is not configured any more");
            }
        }
    }
}
