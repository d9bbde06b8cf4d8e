package org.ringfence.scheduler.placement;

import java.util.ArrayList;
import java.util.List;
import org.ringfence.model.value.Score;
import org.ringfence.scheduler.constraint.Colocation;
import org.ringfence.scheduler.constraint.ConstraintReader;
import org.ringfence.scheduler.resource.Bundle;
import org.ringfence.scheduler.resource.Collective;
import org.ringfence.scheduler.resource.Group;
import org.ringfence.scheduler.resource.Primitive;
import org.ringfence.scheduler.resource.Replica;
import org.ringfence.scheduler.resource.Resource;
import org.ringfence.scheduler.resource.Role;

/** Which colocations bear on a resource, counting those of what holds it. */
final class Placing {
    private Placing() {}

    static void link(Resource dependent, Resource primary, boolean influence) {
        ConstraintReader.link(new Colocation(
                "internal",
                dependent,
                primary,
                Score.INFINITY,
                Role.UNKNOWN,
                Role.UNKNOWN,
                Colocation.BY_NODE,
                influence));
    }

    static void linkReplicas(Bundle bundle) {
        for (Replica replica : bundle.replicas) {
            Primitive container = replica.container;
            if (container != null && replica.address != null) {
                link(replica.address, container, true);
            }
        }
    }

    /** Colocations in which the resource follows others. A group's hold for its first member. */
    static List<Colocation> asDependent(Resource resource) {
        if (resource.parent == null) {
            return resource.asDependent;
        }
        var all = new ArrayList<>(resource.asDependent);
        Resource at = resource;
        for (Collective above = resource.parent; above != null; above = above.parent) {
            if (above instanceof Group group && group.first() != at) {
                break;
            }
            if (above instanceof Bundle && !isContainer(at)) {
                break;
            }
            all.addAll(above.asDependent);
            at = above;
        }
        return all;
    }

    /** Colocations in which others follow the resource. A group's hold for its last member. */
    static List<Colocation> asPrimary(Resource resource) {
        if (resource.parent == null) {
            return resource.asPrimary;
        }
        var all = new ArrayList<>(resource.asPrimary);
        Resource at = resource;
        for (Collective above = resource.parent; above != null; above = above.parent) {
            if (above instanceof Group group && group.last() != at) {
                break;
            }
            if (above instanceof Bundle && !isContainer(at)) {
                break;
            }
            all.addAll(above.asPrimary);
            at = above;
        }
        return all;
    }

    /** A bundle's colocations are those of its containers. */
    private static boolean isContainer(Resource part) {
        return part instanceof Primitive primitive
                && primitive.replica != null
                && primitive.replica.container == primitive;
    }
}
