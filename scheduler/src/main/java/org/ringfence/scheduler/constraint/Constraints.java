package org.ringfence.scheduler.constraint;

import java.util.ArrayList;
import java.util.List;
import org.ringfence.scheduler.resource.Resource;
import org.ringfence.scheduler.resource.Role;

/** What the orderings and tickets of the configuration came to; locations and colocations are kept with the resources. */
public final class Constraints {
    public final List<OrderConstraint> orders = new ArrayList<>();
    public final List<AnyOf> anyOf = new ArrayList<>();
    public final List<TicketUse> tickets = new ArrayList<>();

    /** That all of some actions come after one of others. */
    public record AnyOf(
            String id,
            List<Resource> first,
            String firstTask,
            List<Resource> then,
            String thenTask,
            OrderConstraint.Kind kind) {}

    /** That a resource in a role needs a ticket. */
    public record TicketUse(String id, Resource resource, Role role, String ticket, String lossPolicy) {}
}
