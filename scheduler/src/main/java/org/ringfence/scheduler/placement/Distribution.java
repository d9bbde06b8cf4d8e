package org.ringfence.scheduler.placement;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.ringfence.model.value.Score;
import org.ringfence.scheduler.cluster.ClusterNode;
import org.ringfence.scheduler.reason.Account;
import org.ringfence.scheduler.reason.Cause;
import org.ringfence.scheduler.resource.Primitive;
import org.ringfence.scheduler.resource.Resource;
import org.ringfence.scheduler.resource.Role;

/**
 * Spreads instances of one thing, a clone's or a bundle's containers, over nodes. Nodes get instances for their scores; which
 * instance a node gets is, where possible, the one that is there already.
 */
final class Distribution {
    private final Assignment assignment;
    private final Resource whole;
    private final int max;
    private final int perNode;
    private final int[] count;
    private int assigned;

    /** @param perNode how many of them one node may have */
    Distribution(Assignment assignment, Resource whole, int max, int perNode) {
        this.assignment = assignment;
        this.whole = whole;
        this.max = max;
        this.perNode = perNode;
        this.count = new int[assignment.nodes.count()];
    }

    /** @param ordered those that are to be had first come first */
    void spread(List<? extends Resource> ordered) {
        int even = Math.max(1, max / Math.max(1, available()));
        for (Resource instance : ordered) {
            if (!instance.provisional) {
                take(ColocationScores.nodeOf(instance));
            }
        }
        for (Resource instance : ordered) {
            if (assigned >= max) {
                break;
            }
            ClusterNode current = instance.provisional ? preferred(instance, even) : null;
            if (current != null && keep(instance, current)) {
                take(current);
            }
        }
        for (Resource instance : ordered) {
            if (!instance.provisional) {
                continue;
            }
            if (assigned >= max) {
                leaveOut(instance);
            }
            take(place(instance, null));
        }
    }

    private int available() {
        int available = 0;
        for (ClusterNode node : assignment.nodes.all()) {
            if (NodeChoice.usable(node) && whole.scores[node.index] >= 0) {
                available++;
            }
        }
        return available;
    }

    private void take(@Nullable ClusterNode node) {
        if (node != null) {
            assigned++;
            count[node.index]++;
        }
    }

    /** Where the instance is, unless it failed there or the node has its share. */
    private @Nullable ClusterNode preferred(Resource instance, int even) {
        ClusterNode current = InstanceOrder.current(instance);
        boolean stays = current != null
                && !instance.state.failed
                && NodeChoice.usable(current)
                && instance.scores[current.index] >= 0
                && count[current.index] < even;
        return stays ? current : null;
    }

    /**
     * Leaves an instance where it is if the nodes that it would rather be on can be given to others. For each of those one
     * instance is set aside, as long as there are enough.
     */
    private boolean keep(Resource instance, ClusterNode current) {
        var before = new Before(instance);
        int[] counted = count.clone();
        boolean kept = false;
        for (int reserved = assigned; reserved < max && !kept; reserved++) {
            ClusterNode chosen = place(instance, current);
            kept = chosen == current;
            if (!kept) {
                before.restore();
                if (chosen == null) {
                    break;
                }
                count[chosen.index]++;
            }
        }
        System.arraycopy(counted, 0, count, 0, count.length);
        return kept;
    }

    private @Nullable ClusterNode place(Resource instance, @Nullable ClusterNode preferred) {
        for (ClusterNode node : assignment.nodes.all()) {
            if (!NodeChoice.usable(node) || whole.scores[node.index] < 0 || count[node.index] >= perNode) {
                instance.scores[node.index] = -Score.INFINITY;
                instance.visitPrimitives(primitive -> primitive.scores[node.index] = -Score.INFINITY);
                instance.book(() -> Causes.share(whole, node, count[node.index], perNode));
            }
        }
        return assignment.assign(instance, preferred);
    }

    private void leaveOut(Resource instance) {
        instance.visitPrimitives(primitive -> {
            Arrays.fill(primitive.scores, -Score.INFINITY);
            Cause enough = Causes.enoughInstances(whole, max);
            primitive.book(() -> enough);
            if (primitive.nextRole != Role.STOPPED && primitive.managed) {
                primitive.nextRoleReason = enough;
            }
        });
    }

    /** What an instance was before it was tried somewhere. */
    private final class Before {
        private final Resource instance;
        private final int[] scores;
        private final Account.@Nullable Mark mark;
        private final List<Part> parts = new ArrayList<>();

        Before(Resource instance) {
            this.instance = instance;
            this.scores = instance.scores.clone();
            this.mark = instance.account == null ? null : instance.account.mark();
            instance.visitPrimitives(primitive -> parts.add(new Part(primitive)));
        }

        void restore() {
            parts.forEach(Part::restore);
            System.arraycopy(scores, 0, instance.scores, 0, scores.length);
            if (instance.account != null && mark != null) {
                instance.account.returnTo(mark);
            }
            instance.provisional = true;
            instance.assigned = null;
        }
    }

    private final class Part {
        private final Primitive primitive;
        private final int[] scores;
        private final Role nextRole;
        private final Cause reason;
        private final Account.@Nullable Mark mark;

        Part(Primitive primitive) {
            this.primitive = primitive;
            this.scores = primitive.scores.clone();
            this.nextRole = primitive.nextRole;
            this.reason = primitive.nextRoleReason;
            this.mark = primitive.account == null ? null : primitive.account.mark();
        }

        void restore() {
            assignment.undo(primitive);
            System.arraycopy(scores, 0, primitive.scores, 0, scores.length);
            primitive.nextRole = nextRole;
            primitive.nextRoleReason = reason;
            if (primitive.account != null && mark != null) {
                primitive.account.returnTo(mark);
            }
        }
    }
}
