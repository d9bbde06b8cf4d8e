package org.ringfence.model.cib;

import java.util.List;
import org.ringfence.model.problem.Place;

/**
 * A node as configured: {@code node}.
 *
 * @param id   its number in the membership or any other text; node states refer to it
 * @param name {@code uname}
 * @param type {@code member}, {@code ping} or {@code remote}; empty means member
 */
public record ConfiguredNode(
        String id,
        String name,
        String type,
        List<AttributeSet> attributes,
        List<AttributeSet> utilization,
        Place place) {
    public ConfiguredNode {
        attributes = List.copyOf(attributes);
        utilization = List.copyOf(utilization);
    }
}
