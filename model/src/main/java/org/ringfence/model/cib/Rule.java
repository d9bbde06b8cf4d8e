package org.ringfence.model.cib;

import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import org.ringfence.model.problem.Place;
import org.ringfence.model.xml.Attributes;

/**
 * A rule: conditions joined by and, or or (Pacemaker Explained, "Rules").
 *
 * @param role           {@code promoted} or the like when the rule concerns one role only, else empty
 * @param score          as written, when there is one
 * @param scoreAttribute the node attribute whose value is the score
 * @param any            whether one condition is enough; otherwise all must hold
 */
public record Rule(
        String id,
        String role,
        Optional<String> score,
        Optional<String> scoreAttribute,
        boolean any,
        List<Condition> conditions,
        Place place)
        implements Condition {
    public Rule {
        conditions = List.copyOf(conditions);
    }

    /** {@code expression}: a node attribute compared with a value. */
    public record AttributeCondition(
            String attribute, String operation, String type, String value, String valueSource, Place place)
            implements Condition {}

    /**
     * {@code date_expression}.
     *
     * @param specification the attributes of {@code date_spec}: ranges by unit; empty when there is none
     * @param duration      the attributes of {@code duration}: amounts by unit; empty when there is none
     */
    public record DateCondition(
            String operation,
            Optional<String> start,
            Optional<String> end,
            SequencedMap<String, String> specification,
            SequencedMap<String, String> duration,
            Place place)
            implements Condition {
        public DateCondition {
            specification = Attributes.copyOf(specification);
            duration = Attributes.copyOf(duration);
        }
    }

    /** {@code rsc_expression}: the agent of the resource that defaults are taken for. Absent parts match all. */
    public record ResourceCondition(
            Optional<String> standard, Optional<String> provider, Optional<String> type, Place place)
            implements Condition {}

    /** {@code op_expression}: the operation that defaults are taken for. */
    public record OperationCondition(String name, Optional<String> interval, Place place) implements Condition {}

    /** A condition that is not understood; it never holds. */
    public record UnknownCondition(String name, Place place) implements Condition {}
}
