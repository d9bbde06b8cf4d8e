package org.ringfence.model.cib;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import org.ringfence.model.problem.Place;
import org.ringfence.model.xml.Attributes;

/**
 * A set of names with values: {@code cluster_property_set}, {@code meta_attributes}, {@code instance_attributes},
 * {@code utilization}. Of several sets that hold, the most important decides a name.
 *
 * @param score 0 when none is written
 * @param rule  the set holds only while this does
 */
public record AttributeSet(
        String id, int score, Optional<Rule> rule, SequencedMap<String, String> values, Place place) {
    private static final String TOOLS_WRITE = "cib-bootstrap-options";

    public AttributeSet {
        values = Attributes.copyOf(values);
    }

    /** Most important first: the cluster properties that tools write, then by score, and among equals the later. */
    public static List<AttributeSet> byImportance(Collection<AttributeSet> sets) {
        if (sets.size() < 2) {
            return List.copyOf(sets);
        }
        var sorted = new ArrayList<>(sets);
        Collections.reverse(sorted);
        sorted.sort(Comparator.comparing((AttributeSet set) -> !set.id.equals(TOOLS_WRITE))
                .thenComparing(Comparator.comparingInt(AttributeSet::score).reversed()));
        return sorted;
    }
}
