package org.ringfence.scheduler.placement;

import org.ringfence.model.status.Status;
import org.ringfence.model.value.Truth;
import org.ringfence.model.xml.Element;
import org.ringfence.scheduler.cluster.ClusterNode;
import org.ringfence.scheduler.cluster.Nodes;
import org.ringfence.scheduler.cluster.Options;
import org.ringfence.scheduler.constraint.Constraints;
import org.ringfence.scheduler.constraint.RoleLocation;
import org.ringfence.scheduler.constraint.Scores;
import org.ringfence.scheduler.resource.Primitive;
import org.ringfence.scheduler.resource.Resource;
import org.ringfence.scheduler.resource.Role;

/** A ticket that is not granted, or on standby, keeps what needs it from running, or only from being promoted. */
final class Tickets {
    private final Options options;
    private final Nodes nodes;
    private final Status status;

    Tickets(Options options, Nodes nodes, Status status) {
        this.options = options;
        this.nodes = nodes;
        this.status = status;
    }

    void apply(Constraints constraints) {
        constraints.tickets.forEach(this::apply);
    }

    private void apply(Constraints.TicketUse use) {
        boolean granted = false;
        boolean standby = false;
        for (Element ticket : status.tickets()) {
            if (ticket.id().equals(use.ticket())) {
                granted = Truth.parse(ticket.attribute("granted", ""), false);
                standby = Truth.parse(ticket.attribute("standby", ""), false);
            }
        }
        if (granted && !standby) {
            return;
        }
        Resource resource = use.resource();
        if (use.role() == Role.PROMOTED) {
            addRole(resource, RoleLocation.nowhere(Causes.ticket(use), Role.PROMOTED, nodes.count()));
        }
        boolean lost = !granted;
        resource.visitPrimitives(part -> withoutTicket(use, part, lost));
        resource.book(() -> Causes.ticket(use));
    }

    private void withoutTicket(Constraints.TicketUse use, Primitive part, boolean lost) {
        boolean whileDown = use.role() != Role.PROMOTED || use.lossPolicy().equals("stop");
        if (!lost || part.active.isEmpty()) {
            if (whileDown) {
                Scores.ban(part);
            }
            return;
        }
        boolean concerned = use.role() == Role.UNKNOWN || use.role() == part.role;
        switch (use.lossPolicy()) {
            case "demote" -> {
                if (use.role() != Role.PROMOTED) {
                    Scores.ban(part);
                }
            }
            case "fence" -> {
                if (concerned) {
                    Scores.ban(part);
                    part.active.forEach(node -> fence(node, use, part));
                }
            }
            case "freeze" -> {
                if (concerned) {
                    part.managed = false;
                    part.blocked = true;
                }
            }
            default -> Scores.ban(part);
        }
    }

    private void fence(ClusterNode node, Constraints.TicketUse use, Primitive part) {
        if (options.fencingEnabled()) {
            node.unclean = true;
            node.fencingReasons.add("ticket " + use.ticket() + " was lost while " + part.id + " ran there");
        }
    }

    private static void addRole(Resource resource, RoleLocation location) {
        resource.roleLocations.add(location);
        resource.children().forEach(child -> addRole(child, location));
    }
}
