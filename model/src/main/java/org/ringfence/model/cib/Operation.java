package org.ringfence.model.cib;

import java.util.List;
import java.util.SequencedMap;
import org.ringfence.model.problem.Place;
import org.ringfence.model.xml.Attributes;

/**
 * An operation that is configured for a resource: {@code op}.
 *
 * @param intervalMillis 0 when it is not repeated
 * @param attributes     all of the element, as written: {@code timeout}, {@code on-fail}, {@code role}, {@code enabled}, ...
 */
public record Operation(
        String id,
        String name,
        long intervalMillis,
        SequencedMap<String, String> attributes,
        List<AttributeSet> meta,
        List<AttributeSet> parameters,
        Place place) {
    public Operation {
        attributes = Attributes.copyOf(attributes);
        meta = List.copyOf(meta);
        parameters = List.copyOf(parameters);
    }
}
