package org.ringfence.scheduler.execution;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
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

    final SequencedMap<String, ResourceHistory> history;
    private final List<Element> other;

    NodeDraft(NodeState state) {
        this.id = state.id();
        this.name = state.uname();
        this.membership = new LinkedHashMap<>(state.membership());
        this.attributes = new LinkedHashMap<>(state.attributes());
        this.history = new LinkedHashMap<>(state.history());
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
        history.clear();
        attributes.clear();
    }

    /**
     * What is reached through a connection was off for a moment. Agents say their promotion scores again when they are started, and
     * here they say the same.
     */
    void restart() {
        history.clear();
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
        return history.keySet().stream()
                .filter(known -> InstanceName.base(known).equals(base))
                .findFirst()
                .orElse(base);
    }
}
