package org.ringfence.model.cib;

import org.ringfence.model.problem.Place;

/** One condition of a rule; a rule is one, too. */
public sealed interface Condition
        permits Rule,
                Rule.AttributeCondition,
                Rule.DateCondition,
                Rule.ResourceCondition,
                Rule.OperationCondition,
                Rule.UnknownCondition {
    Place place();
}
