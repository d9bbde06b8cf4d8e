package org.ringfence.scheduler.placement;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.ringfence.model.value.Score;
import org.ringfence.scheduler.cluster.ClusterNode;
import org.ringfence.scheduler.constraint.Colocation;
import org.ringfence.scheduler.resource.Bundle;
import org.ringfence.scheduler.resource.Clone;
import org.ringfence.scheduler.resource.Group;
import org.ringfence.scheduler.resource.Primitive;
import org.ringfence.scheduler.resource.Replica;
import org.ringfence.scheduler.resource.Resource;
import org.ringfence.scheduler.resource.Role;

/**
 * What colocations of a role mean for which instances are promoted. What is to be promoted somewhere is wanted there as promoted,
 * and what is to be unpromoted there is not. Of bundles the hosts of containers are compared, for the guest nodes inside are
 * never equal to anything.
 */
final class RoleColocations {
    private RoleColocations() {}

    /** Whether it speaks of a role that a dependent has only once it is decided who is promoted. */
    static boolean concerns(Colocation colocation) {
        return colocation.dependentRole() == Role.PROMOTED || colocation.dependentRole() == Role.UNPROMOTED;
    }

    /** @return the score of an instance inside of a replica, once its bundle's colocations are added */
    static int inBundle(Bundle bundle, Primitive instance, int score) {
        Replica replica = instance.replica;
        ClusterNode host = replica == null || replica.container == null ? null : replica.container.assigned;
        int sum = score;
        if (host == null) {
            return sum;
        }
        for (Colocation colocation : bundle.asDependent) {
            if (concerns(colocation)) {
                sum = with(colocation, host, sum);
            }
        }
        return sum;
    }

    /** @return the promotion score of an instance on a node, once what the colocation says of that node is added */
    static int with(Colocation colocation, ClusterNode place, int score) {
        boolean promoted = colocation.dependentRole() == Role.PROMOTED;
        boolean together = false;
        for (ClusterNode node : placesOfPrimary(colocation)) {
            together |= same(colocation, node, place);
        }
        boolean many = colocation.primary() instanceof Bundle || colocation.primary() instanceof Clone;
        boolean must = colocation.score() >= Score.INFINITY;
        if (together) {
            boolean any = must && many && isWithAny(colocation, promoted);
            return any ? score : Score.add(score, promoted ? colocation.score() : -colocation.score());
        }
        return promoted && must ? -Score.INFINITY : score;
    }

    /**
     * Whether it is content with any one of many, which makes no place better and nobody else's worse. That holds for what is to be
     * promoted, while what is to be unpromoted and interleaves has one of them for itself, as where the primary is single.
     */
    private static boolean isWithAny(Colocation colocation, boolean promoted) {
        return colocation.primaryRole() == Role.UNKNOWN && (promoted || !ColocationScores.interleaves(colocation));
    }

    private static boolean same(Colocation colocation, ClusterNode left, ClusterNode right) {
        String attribute = colocation.nodeAttribute();
        return attribute.equals(Colocation.BY_NODE)
                ? left == right
                : left.attribute(attribute) != null
                        && Objects.equals(left.attribute(attribute), right.attribute(attribute));
    }

    /** Where the primary, or those of its instances that have the wanted role, are going to be. */
    private static List<ClusterNode> placesOfPrimary(Colocation colocation) {
        var found = new ArrayList<ClusterNode>();
        Role wanted = colocation.primaryRole();
        switch (colocation.primary()) {
            case Primitive primitive -> add(found, primitive, primitive.nextRole, wanted);
            case Group group -> {
                Primitive member = colocation.score() >= Score.INFINITY ? group.last() : group.first();
                add(found, member, member.nextRole, wanted);
            }
            case Clone clone -> {
                for (Resource instance : clone.instances) {
                    add(found, instance, ColocationScores.roleOf(instance), wanted);
                }
            }
            case Bundle bundle -> {
                for (Replica replica : bundle.replicas) {
                    if (replica.container != null) {
                        Role role = replica.child == null ? replica.container.nextRole : replica.child.nextRole;
                        add(found, replica.container, role, wanted);
                    }
                }
            }
        }
        return found;
    }

    private static void add(List<ClusterNode> found, Resource resource, Role role, Role wanted) {
        ClusterNode node = ColocationScores.nodeOf(resource);
        boolean fits = wanted == Role.UNKNOWN || wanted == role || (wanted == Role.STARTED && role.isActive());
        if (node != null && fits) {
            found.add(node);
        }
    }
}
