package org.ringfence.scheduler.constraint;

import org.ringfence.scheduler.resource.Resource;

/**
 * That one resource's action comes before another's.
 *
 * @param anyOf  when not empty, one of several of these is enough; the constraints that belong together share the text
 */
public record OrderConstraint(
        String id,
        Resource first,
        String firstTask,
        Resource then,
        String thenTask,
        Kind kind,
        boolean symmetrical,
        boolean asymmetrical,
        String anyOf,
        boolean requireAll) {

    /** How binding an ordering is. */
    public enum Kind {
        MANDATORY,
        OPTIONAL,
        SERIALIZE
    }
}
