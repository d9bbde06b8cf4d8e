package org.ringfence.scheduler.action;

import static org.ringfence.scheduler.action.Ordering.THEN_NEEDS_FIRST;

import java.util.List;
import org.ringfence.model.value.Score;
import org.ringfence.scheduler.constraint.Colocation;
import org.ringfence.scheduler.resource.Bundle;
import org.ringfence.scheduler.resource.Clone;
import org.ringfence.scheduler.resource.Collective;
import org.ringfence.scheduler.resource.Group;
import org.ringfence.scheduler.resource.Primitive;
import org.ringfence.scheduler.resource.Resource;
import org.ringfence.scheduler.resource.Resources;
import org.ringfence.scheduler.resource.Role;

/** What mandatory colocations mean for the order of actions. */
public final class ColocationOrderings {
    private final Actions actions;

    public ColocationOrderings(Actions actions) {
        this.actions = actions;
    }

    /** What has to be with something that cannot start cannot start either; what must not be with something waits for it. */
    public void create(Resources resources) {
        for (Resource resource : resources.top()) {
            separate(resource);
            if (resource instanceof Group group) {
                group.members.forEach(this::separate);
            }
            for (Colocation colocation : resource.asDependent) {
                Resource primary = colocation.primary();
                if (colocation.score() < Score.INFINITY
                        || colocation.primaryRole() != Role.UNKNOWN
                        || colocation.dependentRole() != Role.UNKNOWN
                        || primary instanceof Clone
                        || primary instanceof Bundle) {
                    continue;
                }
                List<Primitive> needed = ConstraintOrderings.parts(primary);
                for (Primitive part : ConstraintOrderings.parts(resource)) {
                    for (Primitive each : needed) {
                        actions.order(each, "start", part, "start", Ordering.UNORDERED | THEN_NEEDS_FIRST);
                    }
                }
            }
        }
    }

    private void separate(Resource dependent) {
        for (Colocation colocation : dependent.asDependent) {
            if (colocation.score() <= -Score.INFINITY) {
                Resource primary = colocation.primary();
                separate(dependent, colocation.dependentRole(), primary, colocation.primaryRole());
                separate(primary, colocation.primaryRole(), dependent, colocation.dependentRole());
            }
        }
    }

    /**
     * Of two that must not be on one node, the one that comes waits until the other has gone: from where it comes to, as far
     * as single resources are concerned; groups and clones are waited for as a whole.
     */
    private void separate(Resource leaving, Role left, Resource coming, Role gained) {
        for (String first : tasks(left, "demote", "stop", "promote")) {
            for (String then : tasks(gained, "promote", "start", "demote")) {
                if (leaving instanceof Primitive && coming instanceof Primitive) {
                    actions.orderOnNode(leaving, first, coming, then);
                } else {
                    String last = leaving instanceof Collective ? CollectiveActions.done(first) : first;
                    actions.order(leaving, last, coming, then, 0);
                }
            }
        }
    }

    /** What ends, or brings about, a role. */
    private static List<String> tasks(Role role, String ofPromoted, String ofAny, String alsoOfUnpromoted) {
        return switch (role) {
            case PROMOTED -> List.of(ofPromoted);
            case UNPROMOTED -> List.of(ofAny, alsoOfUnpromoted);
            default -> List.of(ofAny);
        };
    }
}
