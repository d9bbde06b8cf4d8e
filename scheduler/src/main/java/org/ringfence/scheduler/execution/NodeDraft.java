package org.ringfence.scheduler.execution;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.SequencedSet;
import org.jspecify.annotations.Nullable;
import org.ringfence.model.AgentName;
import org.ringfence.model.status.NodeState;
import org.ringfence.model.status.ResourceHistory;
import org.ringfence.model.xml.Attributes;
import org.ringfence.model.xml.Element;

/** What is known of one node, while it changes. */
final class NodeDraft {
    final String id;
    final String name;
    final SequencedMap<String, String> membership;
    /** Transient ones. */
    final SequencedMap<String, String> attributes;

    private SequencedMap<String, ResourceHistory> history;
    /** Most nodes of a large cluster remember much, and nothing new: what they have is copied when it changes. */
    private boolean historyIsOwn;
    /** What it remembers, by names without numbers; null until somebody asks. */
    private @Nullable Map<String, SequencedSet<String>> instances;

    private final List<Element> other;

    NodeDraft(NodeState state) {
        this.id = state.id();
        this.name = state.uname();
        this.membership = new LinkedHashMap<>(state.membership());
        this.attributes = new LinkedHashMap<>(state.attributes());
        this.history = state.history();
        this.other = state.other();
    }

    /**
     * A node of which nothing is known yet.
     *
     * @param member whether it is one of the cluster proper; others are reached through a resource
     */
    static NodeDraft unknown(String id, String name, boolean member) {
        var membership = new LinkedHashMap<String, String>();
        membership.put("id", id);
        membership.put("uname", name);
        if (!member) {
            membership.put("remote_node", "true");
        }
        return new NodeDraft(
                new NodeState(id, name, membership, new LinkedHashMap<>(), new LinkedHashMap<>(), List.of()));
    }

    NodeState state() {
        return new NodeState(id, name, membership, attributes, history, other);
    }

    /** It is a member; what it remembers stays. */
    void join() {
        membership("true", "online", "member", "member");
    }

    /** It left in order, or is known to be off: nothing runs there, and nobody knows what it would find when it is back. */
    void leave() {
        membership("false", "offline", "down", "down");
        forgetAll();
        attributes.clear();
    }

    /**
     * What is reached through a connection was off for a moment. Agents say their promotion scores again when they are started, and
     * here they say the same.
     */
    void restart() {
        forgetAll();
        attributes.keySet().removeIf(attribute -> !attribute.startsWith("master-"));
    }

    /** It was not heard any more: what it held, it may still hold. */
    void vanish() {
        membership("false", "offline", "down", "member");
    }

    private void membership(String member, String controller, String join, String expected) {
        membership.put("in_ccm", member);
        membership.put("crmd", controller);
        membership.put("join", join);
        membership.put("expected", expected);
        membership.remove("shutdown");
    }

    /** What is remembered of it; null when nothing is. */
    @Nullable
    ResourceHistory known(String instance) {
        return history.get(instance);
    }

    /** In the place of what was remembered under its name before. */
    void remember(ResourceHistory remembered) {
        ownHistory().put(remembered.resource(), remembered);
        if (instances != null) {
            named(instances, remembered.resource()).add(remembered.resource());
        }
    }

    void forget(String instance) {
        ownHistory().remove(instance);
        if (instances != null) {
            named(instances, instance).remove(instance);
        }
    }

    private void forgetAll() {
        history = new LinkedHashMap<>();
        historyIsOwn = true;
        instances = null;
    }

    private SequencedMap<String, ResourceHistory> ownHistory() {
        if (!historyIsOwn) {
            history = new LinkedHashMap<>(history);
            historyIsOwn = true;
        }
        return history;
    }

    private static SequencedSet<String> named(Map<String, SequencedSet<String>> instances, String instance) {
        return instances.computeIfAbsent(InstanceName.base(instance), _ -> new LinkedHashSet<>());
    }

    /** What the node remembers of an instance; nothing yet when it has never heard of it. */
    ResourceHistory history(String instance, AgentName agent) {
        ResourceHistory known = history.get(instance);
        return known != null ? known : new ResourceHistory(instance, agent, Attributes.NONE, List.of());
    }

    /**
     * The name by which the node knows an interchangeable instance: its own if it is known there, else that of any other
     * instance of it that is, else the one without a number.
     */
    String nameOfInterchangeable(String instance, String base) {
        if (history.containsKey(instance)) {
            return instance;
        }
        if (instances == null) {
            instances = new HashMap<>();
            for (String known : history.keySet()) {
                named(instances, known).add(known);
            }
        }
        SequencedSet<String> others = instances.get(base);
        return others == null || others.isEmpty() ? base : others.getFirst();
    }
}
