package org.ringfence.controller.resources;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SortedMap;
import java.util.TreeMap;
import org.ringfence.controller.message.Message;
import org.ringfence.model.AgentName;
import org.ringfence.model.graph.GraphAction.ResourceAction;
import org.ringfence.model.status.OperationRecord;

/**
 * One resource on this node.
 *
 * @param history  by record id, in the order in which they were last written
 * @param running  the operation that an agent is busy with
 * @param queue    operations that wait for it, in order
 * @param repeated monitors that are run again and again
 */
record LocalResource(
        String name,
        AgentName agent,
        SequencedMap<String, OperationRecord> history,
        Optional<Running> running,
        List<Pending> queue,
        SortedMap<Repeated, Pending> repeated) {

    LocalResource {
        history = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(history));
        queue = List.copyOf(queue);
        repeated = Collections.unmodifiableSortedMap(new TreeMap<>(repeated));
    }

    static LocalResource unknown(String name, AgentName agent) {
        return new LocalResource(name, agent, new LinkedHashMap<>(), Optional.empty(), List.of(), new TreeMap<>());
    }

    /** An operation to be run: what the DC asked for, or the repetition of it. */
    record Pending(ResourceAction action, String transitionKey, Optional<Message.Asked> asked) {
        /** The same once more, when nobody waits for its result. */
        Pending again() {
            return new Pending(action, transitionKey, Optional.empty());
        }

        Duration interval() {
            return milliseconds("CRM_meta_interval", 0);
        }

        /** An action without a timeout has the default of the cluster's own. */
        Duration timeout() {
            Duration timeout = milliseconds("CRM_meta_timeout", 20_000);
            return timeout.isZero() ? Duration.ofSeconds(20) : timeout;
        }

        int expected() {
            return number("CRM_meta_op_target_rc", 0);
        }

        private Duration milliseconds(String attribute, long otherwise) {
            String value = action.attributes().get(attribute);
            return Duration.ofMillis(value == null ? otherwise : Long.parseLong(value));
        }

        private int number(String attribute, int otherwise) {
            String value = action.attributes().get(attribute);
            return value == null ? otherwise : Integer.parseInt(value);
        }
    }

    record Running(long token, int callId, Pending pending) {}

    /** Which monitor: a resource may have several, for its roles and depths. */
    record Repeated(String operation, Duration interval) implements Comparable<Repeated> {
        @Override
        public int compareTo(Repeated other) {
            int byName = operation.compareTo(other.operation);
            return byName != 0 ? byName : interval.compareTo(other.interval);
        }
    }

    LocalResource withHistory(SequencedMap<String, OperationRecord> changed) {
        return new LocalResource(name, agent, changed, running, queue, repeated);
    }

    LocalResource withRunning(Optional<Running> changed) {
        return new LocalResource(name, agent, history, changed, queue, repeated);
    }

    LocalResource withQueue(List<Pending> changed) {
        return new LocalResource(name, agent, history, running, changed, repeated);
    }

    LocalResource withRepeated(SortedMap<Repeated, Pending> changed) {
        return new LocalResource(name, agent, history, running, queue, changed);
    }
}
