package org.ringfence.scheduler.constraint;

import org.ringfence.model.value.Score;
import org.ringfence.scheduler.resource.Resource;
import org.ringfence.scheduler.resource.Role;

/**
 * That a dependent is wanted, or not wanted, where a primary is.
 *
 * @param dependentRole the role the dependent has to have for it to count; {@link Role#UNKNOWN} when any
 * @param nodeAttribute what has to be equal of their nodes: {@code #uname} for the node itself
 * @param influence     whether the dependent's wishes count when the primary is placed though it is active already
 * @param explicit      whether the configuration asks for it, rather than that being so by nature
 */
public record Colocation(
        String id,
        Resource dependent,
        Resource primary,
        int score,
        Role dependentRole,
        Role primaryRole,
        String nodeAttribute,
        boolean influence,
        boolean explicit) {

    public static final String BY_NODE = "#uname";

    /** Whether it has to be so, rather than being wished. */
    public boolean isMandatory() {
        return score >= Score.INFINITY || score <= -Score.INFINITY;
    }
}
