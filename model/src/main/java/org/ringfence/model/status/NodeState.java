package org.ringfence.model.status;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.ringfence.model.xml.Attributes;
import org.ringfence.model.xml.Element;

/**
 * What the cluster knows of one node: {@code node_state}.
 *
 * @param id         the node's id in the configuration, by which the two are matched
 * @param uname      the node's name
 * @param membership the attributes of {@code node_state} as written ({@code in_ccm}, {@code crmd}, {@code join},
 *                   {@code expected}, {@code shutdown}, {@code remote_node}, ...); their meaning is the scheduler's to read
 * @param attributes transient node attributes: fail counts, promotion scores and the like
 * @param history    by instance name, in the order in which they stand
 * @param other      child elements that are none of these, kept as written
 */
public record NodeState(
        String id,
        String uname,
        SequencedMap<String, String> membership,
        SequencedMap<String, String> attributes,
        SequencedMap<String, ResourceHistory> history,
        List<Element> other) {

    public NodeState {
        membership = Attributes.copyOf(membership);
        attributes = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(attributes));
        history = ResourceHistories.copyOf(history);
        other = List.copyOf(other);
    }
}
