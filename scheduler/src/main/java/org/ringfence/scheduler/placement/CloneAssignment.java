package org.ringfence.scheduler.placement;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.ringfence.model.value.Score;
import org.ringfence.scheduler.cluster.ClusterNode;
import org.ringfence.scheduler.constraint.Colocation;
import org.ringfence.scheduler.resource.Clone;
import org.ringfence.scheduler.resource.Primitive;
import org.ringfence.scheduler.resource.Resource;
import org.ringfence.scheduler.resource.Role;

/**
 * Distributes a clone's instances. Those that are active stay where they are as long as their node may keep them and the
 * spread stays even; the rest go wherever there is room.
 */
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
        if (clone.promotable) {
            PromotionScores.addTo(clone, assignment.nodes);
        }
        distribute(clone);
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

    private void distribute(Clone clone) {
        int[] count = new int[assignment.nodes.count()];
        int available = 0;
        for (ClusterNode node : assignment.nodes.all()) {
            if (NodeChoice.usable(node) && clone.scores[node.index] >= 0) {
                available++;
            }
        }
        int even = available == 0 ? clone.max : Math.max(1, clone.max / available);
        int perNode = Math.min(even, clone.nodeMax);
        int assigned = 0;
        List<Resource> ordered = new ArrayList<>(clone.instances);
        ordered.sort(new InstanceOrder(clone, assignment.wishes));
        for (Resource instance : ordered) {
            if (assigned >= clone.max) {
                break;
            }
            ClusterNode current = current(instance);
            if (current == null || count[current.index] >= perNode || !NodeChoice.usable(current)) {
                continue;
            }
            if (clone.scores[current.index] < 0 && instance.managed) {
                continue;
            }
            if (keep(instance, current, clone.max >= available && !clone.unique)) {
                assigned++;
                count[current.index]++;
            }
        }
        for (Resource instance : ordered) {
            if (!instance.provisional) {
                continue;
            }
            if (assigned >= clone.max) {
                ban(instance);
                stop(instance, "clone-max is reached");
            }
            for (ClusterNode node : assignment.nodes.all()) {
                if (count[node.index] >= clone.nodeMax) {
                    banOn(instance, node);
                }
            }
            ClusterNode node = assignment.assign(instance, null);
            if (node != null) {
                assigned++;
                count[node.index]++;
            }
        }
    }

    private static void stop(Resource instance, String reason) {
        instance.visitPrimitives(primitive -> {
            if (primitive.nextRole != Role.STOPPED && primitive.managed) {
                primitive.nextRoleReason = reason;
            }
        });
    }

    private boolean keep(Resource instance, ClusterNode current, boolean everywhere) {
        if (instance.scores[current.index] < 0 && instance.managed) {
            return false;
        }
        if (everywhere) {
            // The better node gets an instance anyway: moving this one there would only shuffle them.
            instance.visitPrimitives(primitive -> primitive.keepOn = current);
        }
        var saved = new ArrayList<int[]>();
        var members = new ArrayList<Primitive>();
        instance.visitPrimitives(primitive -> {
            members.add(primitive);
            saved.add(primitive.scores.clone());
        });
        ClusterNode node = assignment.assign(instance, current);
        instance.visitPrimitives(primitive -> primitive.keepOn = null);
        if (node == current) {
            return true;
        }
        for (int index = 0; index < members.size(); index++) {
            Primitive member = members.get(index);
            System.arraycopy(saved.get(index), 0, member.scores, 0, member.scores.length);
            if (!member.provisional) {
                if (member.assigned != null) {
                    member.assigned.assignedCount--;
                }
                member.assigned = null;
                member.provisional = true;
                if (member.nextRole != Role.STOPPED || member.settings.targetRole() != Role.STOPPED) {
                    member.nextRole = Role.UNKNOWN;
                    member.nextRoleReason = "";
                }
            }
        }
        instance.provisional = true;
        instance.assigned = null;
        return false;
    }

    static @Nullable ClusterNode current(Resource instance) {
        return instance.active.isEmpty() ? null : instance.active.getFirst();
    }

    private static void ban(Resource instance) {
        instance.visitPrimitives(primitive -> java.util.Arrays.fill(primitive.scores, -Score.INFINITY));
    }

    private static void banOn(Resource instance, ClusterNode node) {
        instance.scores[node.index] = -Score.INFINITY;
        instance.visitPrimitives(primitive -> primitive.scores[node.index] = -Score.INFINITY);
    }
}
