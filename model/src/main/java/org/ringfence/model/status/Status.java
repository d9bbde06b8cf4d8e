package org.ringfence.model.status;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.ringfence.model.xml.Element;

/**
 * The status section: what is known of each node, and which tickets are granted.
 *
 * @param nodes   by node id, in the order in which they stand
 * @param tickets {@code ticket_state} elements as written, by ticket id
 */
public record Status(SequencedMap<String, NodeState> nodes, List<Element> tickets) {
    public static final Status EMPTY = new Status(new LinkedHashMap<>(), List.of());

    public Status {
        nodes = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(nodes));
        tickets = List.copyOf(tickets);
    }
}
