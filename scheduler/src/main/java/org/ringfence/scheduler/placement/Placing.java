package org.ringfence.scheduler.placement;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.ringfence.model.value.Score;
import org.ringfence.scheduler.constraint.Colocation;
import org.ringfence.scheduler.constraint.ConstraintReader;
import org.ringfence.scheduler.resource.Bundle;
import org.ringfence.scheduler.resource.Clone;
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
                "#internal",
                dependent,
                primary,
                Score.INFINITY,
                Role.UNKNOWN,
                Role.UNKNOWN,
                Colocation.BY_NODE,
                influence,
                false));
    }

    static void linkReplicas(Bundle bundle) {
        for (Replica replica : bundle.replicas) {
            Primitive container = replica.container;
            if (container != null && replica.address != null) {
                link(replica.address, container, true);
            }
        }
    }

    /**
     * Colocations in which the resource follows others. A group's hold for its first member, whom the others follow; so do
     * those of single other members, for what one of them needs the group needs.
     */
    static List<Colocation> asDependent(Resource resource) {
        var all = new ArrayList<>(resource.asDependent);
        if (resource instanceof Group group) {
            addMembers(group, null, all, member -> member.asDependent);
        }
        Resource at = resource;
        for (Collective above = resource.parent; above != null; above = above.parent) {
            if (above instanceof Group group && group.first() != at) {
                addMandatory(group, at, all);
                break;
            }
            if (above instanceof Bundle && !isContainer(at)) {
                break;
            }
            all.addAll(above.asDependent);
            if (above instanceof Group group) {
                addMembers(group, at, all, member -> member.asDependent);
            }
            at = above;
        }
        all.sort(byImportance(Colocation::primary));
        return all;
    }

    /** What is asked for a single member of a group is asked for all that has to be with it. */
    private static void addMembers(
            Group group, @Nullable Resource except, List<Colocation> all, Function<Primitive, List<Colocation>> own) {
        if (group.colocated) {
            for (Primitive member : group.members) {
                if (member != except) {
                    own.apply(member).stream().filter(Colocation::explicit).forEach(all::add);
                }
            }
        }
    }

    /** One that is not managed stays whatever its group has to be with; those after it do not. */
    private static void addMandatory(Group group, Resource member, List<Colocation> all) {
        for (Primitive before : group.members) {
            if (before == member) {
                return;
            }
            if (!before.managed) {
                group.asDependent.stream()
                        .filter(colocation -> colocation.score() >= Score.INFINITY)
                        .forEach(all::add);
                return;
            }
        }
    }

    /** Colocations in which others follow the resource. A group's hold for its last member, as do those of single others. */
    static List<Colocation> asPrimary(Resource resource) {
        var all = new ArrayList<>(resource.asPrimary);
        if (resource instanceof Group group) {
            addMembers(group, null, all, member -> member.asPrimary);
        }
        Resource at = resource;
        for (Collective above = resource.parent; above != null; above = above.parent) {
            if (above instanceof Group group && group.last() != at) {
                break;
            }
            if (above instanceof Bundle && !isContainer(at)) {
                break;
            }
            all.addAll(above.asPrimary);
            if (above instanceof Group group) {
                addMembers(group, at, all, member -> member.asPrimary);
            }
            at = above;
        }
        all.sort(byImportance(Colocation::dependent));
        return all;
    }

    /** Which end's colocation bears first: by priority, then then bundles, clones, groups, primitives, then by name. */
    private static Comparator<Colocation> byImportance(Function<Colocation, Resource> end) {
        return Comparator.comparingInt((Colocation colocation) -> end.apply(colocation).priority)
                .thenComparingInt(colocation -> extent(end.apply(colocation)))
                .reversed()
                .thenComparing(colocation -> end.apply(colocation).id);
    }

    private static int extent(Resource resource) {
        return switch (resource) {
            case Primitive _ -> 0;
            case Group _ -> 1;
            case Clone clone -> clone.promotable ? 3 : 2;
            case Bundle _ -> 4;
        };
    }

    /** A bundle's colocations are those of its containers. */
    private static boolean isContainer(Resource part) {
        return part instanceof Primitive primitive
                && primitive.replica != null
                && primitive.replica.container == primitive;
    }
}
