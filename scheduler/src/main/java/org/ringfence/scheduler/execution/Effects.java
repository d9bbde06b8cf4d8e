package org.ringfence.scheduler.execution;

import java.time.Instant;
import java.util.SequencedMap;
import org.ringfence.model.graph.GraphAction;
import org.ringfence.model.graph.GraphAction.ClusterAction;
import org.ringfence.model.graph.GraphAction.PseudoAction;
import org.ringfence.model.graph.GraphAction.ResourceAction;
import org.ringfence.model.graph.GraphAction.ResourceName;
import org.ringfence.model.value.Score;

/** What is different once an action has ended. */
final class Effects {
    private final StatusDraft draft;
    private final Recorder recorder;
    private final String transition;
    private final Instant now;

    /** @param transition number of the transition that the actions are from */
    Effects(StatusDraft draft, Recorder recorder, String transition, Instant now) {
        this.draft = draft;
        this.recorder = recorder;
        this.transition = transition;
        this.now = now;
    }

    /** The exit code with which the graph goes on. */
    static int expected(GraphAction action) {
        return Score.parse(action.attributes().getOrDefault("CRM_meta_op_target_rc", "0"), 0);
    }

    static long intervalMillis(GraphAction action) {
        return Score.parse(action.attributes().getOrDefault("CRM_meta_interval", "0"), 0);
    }

    void apply(GraphAction action, int exitCode) {
        switch (action) {
            case ResourceAction resource -> resource(resource, exitCode);
            case ClusterAction cluster -> cluster(cluster);
            case PseudoAction pseudo -> pseudo(pseudo);
        }
    }

    private void resource(ResourceAction action, int exitCode) {
        NodeDraft node = draft.node(action.node().name());
        String instance = instance(node, action.resource(), action.attributes());
        long interval = intervalMillis(action);
        boolean failed = exitCode != expected(action);
        switch (action.operation()) {
            case "notify" -> {}
            case "cancel" ->
                recorder.cancelled(
                        node, instance, action.attributes().getOrDefault("CRM_meta_operation", "monitor"), interval);
            case "delete" -> node.forget(instance);
            case "reload", "reload-agent" -> {
                if (failed) {
                    ended(action, node, instance, exitCode);
                } else {
                    recorder.reloaded(node, instance, action.attributes());
                }
            }
            default -> ended(action, node, instance, exitCode);
        }
        if (isConnection(action) && action.operation().equals("start") && !failed) {
            draft.node(action.resource().id()).membership.replace("node_fenced", "0");
        }
    }

    private void ended(ResourceAction action, NodeDraft node, String instance, int exitCode) {
        recorder.record(
                node,
                new Recorder.Ended(
                        instance,
                        action.resource().id(),
                        action.resource().agent(),
                        action.operation(),
                        intervalMillis(action),
                        exitCode,
                        expected(action),
                        action.id() + ":" + transition,
                        action.attributes()));
    }

    private static boolean isConnection(ResourceAction action) {
        return action.resource().agent().type().equals("remote")
                && action.resource().agent().provider().equals("pacemaker");
    }

    private static String instance(NodeDraft node, ResourceName resource, SequencedMap<String, String> attributes) {
        return "false".equals(attributes.get("CRM_meta_globally_unique"))
                ? node.nameOfInterchangeable(resource.instance(), resource.id())
                : resource.instance();
    }

    private void cluster(ClusterAction action) {
        NodeDraft node = draft.node(action.node().name());
        switch (action.operation()) {
            case "stonith" -> fence(node, action.attributes());
            case "do_shutdown" -> node.leave();
            case "clear_failcount" ->
                action.resource()
                        .ifPresent(resource ->
                                recorder.forgiven(node, instance(node, resource, action.attributes()), resource.id()));
            case "lrm_delete" ->
                action.resource().ifPresent(resource -> node.forget(instance(node, resource, action.attributes())));
            default -> {}
        }
    }

    private void fence(NodeDraft node, SequencedMap<String, String> attributes) {
        if ("on".equals(attributes.get("CRM_meta_stonith_action"))) {
            node.attributes.put("#node-unfenced", Long.toString(now.getEpochSecond()));
            node.attributes.put("#digests-all", attributes.getOrDefault("CRM_meta_digests_all", ""));
            node.attributes.put("#digests-secure", attributes.getOrDefault("CRM_meta_digests_secure", ""));
        } else if (node.membership.containsKey("remote_node")) {
            node.restart();
            node.membership.put("node_fenced", "1");
        } else {
            node.leave();
        }
    }

    /** A guest is off with its container, without a fence device. */
    private void pseudo(PseudoAction action) {
        if (action.operation().equals("stonith")) {
            action.node().ifPresent(guest -> draft.node(guest.name()).restart());
        }
    }
}
