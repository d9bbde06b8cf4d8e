package org.ringfence.model.cib;

import java.util.Optional;
import java.util.SequencedMap;
import org.ringfence.model.problem.Place;
import org.ringfence.model.xml.Attributes;

/**
 * A set of names with values: {@code cluster_property_set}, {@code meta_attributes}, {@code instance_attributes},
 * {@code utilization}. Of several sets that hold, the one with the highest score decides a name; among equals the first.
 *
 * @param score 0 when none is written
 * @param rule  the set holds only while this does
 */
public record AttributeSet(
        String id, int score, Optional<Rule> rule, SequencedMap<String, String> values, Place place) {
    public AttributeSet {
        values = Attributes.copyOf(values);
    }
}
