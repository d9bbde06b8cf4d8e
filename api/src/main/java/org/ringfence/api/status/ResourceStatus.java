package org.ringfence.api.status;

import java.util.List;
import java.util.Optional;
import org.ringfence.model.AgentName;
import org.ringfence.model.problem.Problem;

/**
 * A resource, with its members when it is a group, a clone or a bundle.
 *
 * @param agent      of a primitive
 * @param wanted     the role that the configuration asks for
 * @param managed    whether the cluster acts on it
 * @param places     where it is active, sorted by node; empty when it is nowhere, and for what has members
 * @param failCounts sorted by node
 * @param whyNot     why it is not active where it is wanted, ranked, each with its remedy; empty when all is as wanted
 */
public record ResourceStatus(
        String id,
        Kind kind,
        Optional<AgentName> agent,
        Role wanted,
        boolean managed,
        List<ResourcePlace> places,
        List<FailCount> failCounts,
        List<Problem> whyNot,
        List<ResourceStatus> members) {
    public ResourceStatus {
        places = List.copyOf(places);
        failCounts = List.copyOf(failCounts);
        whyNot = List.copyOf(whyNot);
        members = List.copyOf(members);
    }

    /** What kind of resource it is. */
    public enum Kind {
        PRIMITIVE,
        GROUP,
        CLONE,
        PROMOTABLE,
        BUNDLE,
        /** A kind that this reader does not know. */
        OTHER
    }
}
