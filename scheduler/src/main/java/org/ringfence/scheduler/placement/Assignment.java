package org.ringfence.scheduler.placement;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.ringfence.model.value.Score;
import org.ringfence.scheduler.cluster.ClusterNode;
import org.ringfence.scheduler.cluster.Nodes;
import org.ringfence.scheduler.cluster.Options;
import org.ringfence.scheduler.constraint.Colocation;
import org.ringfence.scheduler.resource.Bundle;
import org.ringfence.scheduler.resource.Clone;
import org.ringfence.scheduler.resource.Group;
import org.ringfence.scheduler.resource.Primitive;
import org.ringfence.scheduler.resource.Resource;
import org.ringfence.scheduler.resource.Resources;
import org.ringfence.scheduler.resource.Role;

/** Assigns every resource a node, primaries of colocations before their dependents. */
public final class Assignment {
    private final Options options;
    final Nodes nodes;
    private final Resources resources;
    final ColocationScores colocations;
    final Wishes wishes;
    final NodeChoice choice;
    private final Utilization utilization;
    private final CloneAssignment clones;
    private final Promotion promotion;
    private final Others others;
    private int turn = -1;

    public Assignment(Options options, Nodes nodes, Resources resources, Others others) {
        this.others = others;
        this.options = options;
        this.nodes = nodes;
        this.resources = resources;
        this.wishes = new Wishes(nodes);
        this.choice = new NodeChoice(options, nodes);
        this.colocations = new ColocationScores(nodes, choice);
        this.utilization = new Utilization(options, nodes);
        this.clones = new CloneAssignment(this);
        this.promotion = new Promotion(options, nodes, wishes);
    }

    public void assignAll() {
        List<Resource> ordered = new ArrayList<>(resources.top());
        ordered.sort(Comparator.comparingInt((Resource resource) -> resource.priority)
                .reversed());
        if (options.placementStrategy() != Options.PlacementStrategy.DEFAULT) {
            ordered.sort(new AssignmentOrder(nodes, choice, wishes));
        }
        // Whether a remote node can be used is known once its connection has a place.
        for (Resource resource : ordered) {
            if (resource instanceof Primitive primitive && primitive.isConnection()) {
                // One that is on its way to a node goes on to it.
                if (primitive.state.partialTarget != null) {
                    assign(primitive, primitive.state.partialTarget);
                }
                assign(resource);
            }
        }
        for (Resource resource : ordered) {
            turn++;
            others.before(resource, nodes);
            assignLongChains(resource);
            assign(resource);
        }
    }

    /** As if each had been asked for by the one before it in the chain, whose turn is still to come. */
    private void assignLongChains(Resource resource) {
        List<Resource> chain = LongChains.farEndsFirst(resource);
        chain.forEach(link -> link.assigning = true);
        for (Resource link : chain) {
            link.assigning = false;
            assign(link);
        }
    }

    void assign(Resource resource) {
        switch (resource) {
            case Primitive primitive -> assign(primitive, null);
            case Group group -> assign(group, null);
            case Clone clone -> {
                clones.assign(clone);
            }
            case Bundle bundle -> new BundleAssignment(this).assign(bundle);
        }
    }

    @Nullable
    Resource byId(String id) {
        return resources.byId(id);
    }

    void promote(Clone clone) {
        promotion.choose(clone);
    }

    @Nullable
    ClusterNode assign(Resource instance, @Nullable ClusterNode preferred) {
        return switch (instance) {
            case Primitive primitive -> assign(primitive, preferred);
            case Group group -> assign(group, preferred);
            case Clone _, Bundle _ -> throw new IllegalStateException(instance + " is no instance");
        };
    }

    private @Nullable ClusterNode assign(Group group, @Nullable ClusterNode preferred) {
        if (!group.provisional) {
            return group.assigned;
        }
        if (group.assigning) {
            return null;
        }
        group.assigning = true;
        for (Primitive member : group.members) {
            ClusterNode node = assign(member, preferred);
            if (group.assigned == null) {
                group.assigned = node;
            }
        }
        group.nextRole = group.first().nextRole;
        group.assigning = false;
        group.provisional = false;
        return group.assigned;
    }

    private @Nullable ClusterNode assign(Primitive primitive, @Nullable ClusterNode preferred) {
        if (!primitive.provisional) {
            return primitive.assigned;
        }
        if (primitive.assigning) {
            return null;
        }
        primitive.assigning = true;
        colocate(primitive);
        place(primitive, preferred);
        outlook(primitive);
        primitive.assigning = false;
        return primitive.assigned;
    }

    /** What must be comes before what is wished, so that a wish is dropped where it would leave no place at all. */
    private void colocate(Primitive primitive) {
        for (boolean mandatory : new boolean[] {true, false}) {
            for (Colocation colocation : Placing.asDependent(primitive)) {
                if (colocation.isMandatory() == mandatory) {
                    follow(colocation, primitive);
                }
            }
            for (Colocation colocation : Placing.asPrimary(primitive)) {
                if (colocation.isMandatory() == mandatory) {
                    set(primitive.scores, wishes.withDependent(primitive, colocation, primitive.scores));
                    primitive.book(() -> Causes.wish(colocation));
                }
            }
        }
    }

    private void follow(Colocation colocation, Primitive dependent) {
        Resource primary = colocation.primary();
        if (primary.provisional && !primary.assigning) {
            assign(primary);
        }
        if (primary.provisional) {
            // In a circle, who is first does not wait for who follows.
            return;
        }
        int[] before = dependent.scores.clone();
        colocations.follow(colocation, dependent, dependent.scores);
        if (isNoMust(colocation, dependent) && !anyUsable(dependent.scores)) {
            set(dependent.scores, before);
        }
        dependent.book(() -> Causes.colocation(colocation));
    }

    /** A dislike yields where it leaves no place, and so does what only a neighbour in the group has to have: that one stays down alone. */
    private static boolean isNoMust(Colocation colocation, Primitive dependent) {
        boolean neighbours = colocation.dependent() instanceof Primitive other && other != dependent;
        return neighbours || (colocation.score() < 0 && !colocation.isMandatory());
    }

    private static void set(int[] scores, int[] changed) {
        System.arraycopy(changed, 0, scores, 0, scores.length);
    }

    /** A remote node counts as online when its connection is going to be up, and as leaving when it is not. */
    private static void outlook(Primitive connection) {
        ClusterNode node = connection.remoteNode;
        if (node == null || !connection.isConnection()) {
            return;
        }
        if (connection.assigned != null && connection.nextRole != Role.STOPPED) {
            node.online = true;
            if (node.unseen) {
                // It is asked, rather than fenced for what it may hold.
                node.unclean = false;
            }
        } else {
            node.shutdown = true;
        }
    }

    private boolean anyUsable(int[] scores) {
        for (ClusterNode node : nodes.all()) {
            if (scores[node.index] >= 0 && NodeChoice.usable(node)) {
                return true;
            }
        }
        return false;
    }

    private void place(Primitive primitive, @Nullable ClusterNode preferred) {
        ClusterNode node = null;
        if (!primitive.managed) {
            // It stays what and where it is.
            node = primitive.active.isEmpty() ? null : primitive.active.getFirst();
            primitive.nextRole = primitive.role == Role.UNKNOWN ? Role.STOPPED : primitive.role;
            settle(primitive, node);
            return;
        }
        if (primitive.nextRole != Role.STOPPED) {
            node = utilization.best(primitive, primitive.scores, choice);
            ClusterNode halfway = primitive.state.partialTarget;
            if (halfway != null
                    && node != null
                    && primitive.mayMigrate()
                    && NodeChoice.usable(halfway)
                    && primitive.scores[halfway.index] >= primitive.scores[node.index]) {
                node = halfway;
            }
            if (preferred != null
                    && node != null
                    && NodeChoice.usable(preferred)
                    && primitive.scores[preferred.index] >= primitive.scores[node.index]) {
                node = preferred;
            }
        } else {
            Arrays.fill(primitive.scores, -Score.INFINITY);
            primitive.book(() -> primitive.nextRoleReason);
        }
        settle(primitive, node);
    }

    /** Takes back that a resource was assigned. */
    void undo(Primitive primitive) {
        if (primitive.assigned != null) {
            primitive.assigned.assignedCount--;
            utilization.giveBack(primitive, primitive.assigned);
        }
        primitive.assigned = null;
        primitive.provisional = true;
    }

    void settle(Primitive primitive, @Nullable ClusterNode node) {
        primitive.provisional = false;
        primitive.assigned = node;
        primitive.state.turn = turn;
        if (node == null) {
            if (primitive.nextRole == Role.UNKNOWN || primitive.nextRole.isActive()) {
                primitive.nextRole = Role.STOPPED;
                if (!primitive.nextRoleReason.isSaid()) {
                    primitive.nextRoleReason = Causes.NO_NODE;
                }
            }
            return;
        }
        node.assignedCount++;
        utilization.take(primitive, node);
        if (primitive.nextRole == Role.UNKNOWN || primitive.nextRole == Role.STARTED) {
            primitive.nextRole = primitive.promotable() && !primitive.isConnection() ? Role.UNPROMOTED : Role.STARTED;
        }
    }
}
