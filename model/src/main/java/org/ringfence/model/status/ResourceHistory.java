package org.ringfence.model.status;

import java.util.List;
import java.util.SequencedMap;
import org.ringfence.model.AgentName;
import org.ringfence.model.xml.Attributes;

/**
 * What one node remembers of one resource instance: {@code lrm_resource}.
 *
 * @param resource   the instance's name, {@code db} or {@code db:0}
 * @param other      {@code container}, {@code shutdown-lock} and whatever else stands there, as written
 * @param operations in the order in which they stand in the status
 */
public record ResourceHistory(
        String resource, AgentName agent, SequencedMap<String, String> other, List<OperationRecord> operations) {
    public ResourceHistory {
        other = Attributes.copyOf(other);
        operations = List.copyOf(operations);
    }

    /**
     * Whether nothing is remembered but that it was looked for once and does not run there: what most nodes know of most
     * resources.
     */
    public boolean onlyAbsent() {
        return operations.size() == 1 && operations.get(0).foundNotRunning() && other.isEmpty();
    }
}
