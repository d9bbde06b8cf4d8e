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
 * What colocations of a bundle's promoted replica mean for which one that is. They compare the hosts of containers, for the
 * guest nodes inside are never equal to anything.
 */
final class BundlePromotion {
    private BundlePromotion() {}

    /** @return the score of an instance inside of a replica, once its bundle's colocations are added */
    static int withColocations(Bundle bundle, Primitive instance, int score) {
        Replica replica = instance.replica;
        ClusterNode host = replica == null || replica.container == null ? null : replica.container.assigned;
        int sum = score;
        if (host == null) {
            return sum;
        }
        for (Colocation colocation : bundle.asDependent) {
            if (colocation.dependentRole() == Role.PROMOTED) {
                sum = with(colocation, host, sum);
            }
        }
        return sum;
    }

    private static int with(Colocation colocation, ClusterNode host, int score) {
        boolean together = false;
        boolean somewhere = false;
        for (ClusterNode node : hosts(colocation)) {
            somewhere = true;
            together |= same(colocation, node, host);
        }
        if (together) {
            return Score.add(score, colocation.score());
        }
        boolean alone = !(colocation.primary() instanceof Bundle || colocation.primary() instanceof Clone);
        boolean excluded = colocation.score() >= Score.INFINITY && (alone || !somewhere);
        return excluded ? -Score.INFINITY : score;
    }

    private static boolean same(Colocation colocation, ClusterNode left, ClusterNode right) {
        String attribute = colocation.nodeAttribute();
        return attribute.equals(Colocation.BY_NODE)
                ? left == right
                : left.attribute(attribute) != null
                        && Objects.equals(left.attribute(attribute), right.attribute(attribute));
    }

    /** Where the primary, or those of its instances that have the wanted role, are going to be. */
    private static List<ClusterNode> hosts(Colocation colocation) {
        var found = new ArrayList<ClusterNode>();
        Role wanted = colocation.primaryRole();
        switch (colocation.primary()) {
            case Primitive primitive -> add(found, primitive, primitive.nextRole, wanted);
            case Group group -> add(found, group.first(), group.first().nextRole, wanted);
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
