package org.ringfence.scheduler.placement;

import java.util.ArrayList;
import java.util.List;
import org.ringfence.scheduler.constraint.Colocation;
import org.ringfence.scheduler.resource.Clone;
import org.ringfence.scheduler.resource.Resource;
import org.ringfence.scheduler.resource.Role;

/** Assigns a clone's instances, once all that it is to be with has a place, and promotes some of them. */
final class CloneAssignment {
    private final Assignment assignment;

    CloneAssignment(Assignment assignment) {
        this.assignment = assignment;
    }

    void assign(Clone clone) {
        if (!clone.provisional || clone.assigning) {
            return;
        }
        clone.assigning = true;
        for (Colocation colocation : Placing.asDependent(clone)) {
            Resource primary = colocation.primary();
            if (primary.provisional && !primary.assigning) {
                assignment.assign(primary);
            }
        }
        assignment.wishes.addDependents(clone);
        clone.book(() -> Causes.DEPENDENTS);
        if (clone.promotable) {
            PromotionScores.addTo(clone, assignment.nodes);
        }
        List<Resource> ordered = new ArrayList<>(clone.instances);
        ordered.sort(new InstanceOrder(clone, assignment.wishes));
        new Distribution(assignment, clone, clone.max, clone.nodeMax).spread(ordered);
        clone.provisional = false;
        clone.nextRole = Role.STOPPED;
        for (Resource instance : clone.instances) {
            if (ColocationScores.nodeOf(instance) != null) {
                clone.nextRole = Role.STARTED;
            }
        }
        if (clone.promotable) {
            assignment.promote(clone);
        }
        clone.assigning = false;
    }
}
