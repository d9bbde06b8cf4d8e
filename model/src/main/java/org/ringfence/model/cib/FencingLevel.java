package org.ringfence.model.cib;

import java.util.List;
import org.ringfence.model.problem.Place;

/**
 * {@code fencing-level}: devices that together fence a target, tried from the lowest index up.
 *
 * @param target    a node's name, a pattern, or an attribute's value, by {@code kind}
 * @param attribute the attribute's name when {@code kind} is ATTRIBUTE, else empty
 */
public record FencingLevel(
        String id, Kind kind, String target, String attribute, int index, List<String> devices, Place place) {
    public FencingLevel {
        devices = List.copyOf(devices);
    }

    /** How the target is named. */
    public enum Kind {
        NODE,
        PATTERN,
        ATTRIBUTE
    }
}
