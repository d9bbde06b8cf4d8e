package org.ringfence.scheduler.action;

import static org.ringfence.scheduler.action.Ordering.FIRST_IF_THEN;
import static org.ringfence.scheduler.action.Ordering.THEN_IF_FIRST;
import static org.ringfence.scheduler.action.Ordering.THEN_NEEDS_FIRST;

import java.util.List;
import org.ringfence.scheduler.resource.Bundle;
import org.ringfence.scheduler.resource.Clone;
import org.ringfence.scheduler.resource.Collective;
import org.ringfence.scheduler.resource.Group;
import org.ringfence.scheduler.resource.Primitive;
import org.ringfence.scheduler.resource.Replica;
import org.ringfence.scheduler.resource.Resource;
import org.ringfence.scheduler.resource.Resources;

/** Gives groups, clones and bundles their points in the order: begun and done, for each kind of change. */
public final class CollectiveActions {
    private final Actions actions;
    private final PrimitiveActions primitives;

    public CollectiveActions(Actions actions) {
        this.actions = actions;
        this.primitives = new PrimitiveActions(actions);
    }

    public void createAll(Resources resources) {
        resources.top().forEach(this::create);
        primitives.orderContainers();
    }

    private void create(Resource resource) {
        switch (resource) {
            case Primitive primitive -> primitives.create(primitive);
            case Group group -> group(group);
            case Clone clone -> clone(clone);
            case Bundle bundle -> bundle(bundle);
        }
    }

    /** What a change is called when it is complete. */
    static String done(String task) {
        return switch (task) {
            case "start" -> "running";
            case "stop" -> "stopped";
            case "promote" -> "promoted";
            case "demote" -> "demoted";
            default -> task;
        };
    }

    /** A group is complete when all its members are: one that is to be nowhere keeps it from that, and what waits for the group. */
    private void group(Group group) {
        group.members.forEach(this::create);
        for (String task : new String[] {"start", "stop"}) {
            points(group, task);
        }
        if (group.promotable()) {
            points(group, "promote");
            points(group, "demote");
        }
        for (Primitive member : group.members) {
            actions.assure(member, "start");
            for (String task : new String[] {"start", "stop", "promote", "demote"}) {
                enclose(group, task, member);
            }
        }
        order(group, "stopped", "start", 0);
        order(group, "running", "promote", 0);
        order(group, "demoted", "promote", 0);
        order(group, "demoted", "stop", 0);
        if (group.ordered) {
            stopPastIdle(group);
            for (int index = 1; index < group.members.size(); index++) {
                Primitive before = group.members.get(index - 1);
                Primitive after = group.members.get(index);
                actions.order(before, "start", after, "start", THEN_IF_FIRST | THEN_NEEDS_FIRST);
                actions.order(after, "stop", before, "stop", FIRST_IF_THEN | THEN_NEEDS_FIRST);
                actions.order(before, "promote", after, "promote", THEN_IF_FIRST | THEN_NEEDS_FIRST);
                actions.order(after, "demote", before, "demote", FIRST_IF_THEN);
                if (before.active.isEmpty() && !after.active.isEmpty()) {
                    // It came up too early, and is taken down for the one before it.
                    actions.order(after, "stop", before, "start", FIRST_IF_THEN | THEN_NEEDS_FIRST);
                }
            }
        }
    }

    /** What is active behind members that are not stops before what is active in front of those. */
    private void stopPastIdle(Group group) {
        Primitive lastActive = null;
        Primitive previous = null;
        for (Primitive member : group.members) {
            if (!member.active.isEmpty()) {
                if (lastActive != null && lastActive != previous) {
                    actions.order(member, "stop", lastActive, "stop", 0);
                }
                lastActive = member;
            }
            previous = member;
        }
    }

    private void order(Resource resource, String first, String then, int kinds) {
        actions.order(resource, first, resource, then, kinds);
    }

    private void points(Resource collective, String task) {
        Action begun = actions.get(collective, task, null, true);
        Action done = actions.get(collective, done(task), null, true);
        actions.order(begun, done, THEN_NEEDS_FIRST | FIRST_IF_THEN | THEN_IF_FIRST);
        done.priority = 1_000_000;
    }

    /** A child's change happens between the begin and the end of its parent's. */
    private void enclose(Resource parent, String task, Resource child) {
        String last = child instanceof Primitive ? task : done(task);
        // One that cannot be demoted does not keep who waits for the group from waiting for the others in it.
        int needs = parent instanceof Clone || task.equals("demote") ? 0 : THEN_NEEDS_FIRST;
        actions.order(parent, task, child, task, FIRST_IF_THEN | THEN_NEEDS_FIRST);
        actions.order(child, last, parent, done(task), THEN_IF_FIRST | needs);
    }

    private void clone(Clone clone) {
        clone.instances.forEach(this::create);
        points(clone, "start");
        points(clone, "stop");
        if (clone.promotable) {
            points(clone, "promote");
            points(clone, "demote");
        }
        for (Resource instance : clone.instances) {
            for (String task : new String[] {"start", "stop", "promote", "demote"}) {
                enclose(clone, task, instance);
            }
        }
        order(clone, "stopped", "start", 0);
        order(clone, "stopped", "promote", 0);
        order(clone, "running", "promote", 0);
        order(clone, "demoted", "promote", 0);
        order(clone, "stopped", "promote", 0);
        order(clone, "demoted", "start", 0);
        order(clone, "demoted", "stop", 0);
        if (clone.ordered) {
            inTurn(clone);
        }
    }

    /** Instances go up by number, and down the other way; any of them may stay as it is. */
    private void inTurn(Clone clone) {
        for (int index = 1; index < clone.instances.size(); index++) {
            Resource after = clone.instances.get(index);
            for (Resource before : clone.instances.subList(0, index)) {
                boolean group = before instanceof Collective;
                for (String up : new String[] {"start", "promote"}) {
                    actions.order(before, group ? done(up) : up, after, up, 0);
                }
                for (String down : new String[] {"stop", "demote"}) {
                    actions.order(after, group ? done(down) : down, before, down, 0);
                }
            }
        }
    }

    private void bundle(Bundle bundle) {
        for (Replica replica : bundle.replicas) {
            replica.parts().forEach(this::create);
        }
        Clone child = bundle.child;
        if (child != null) {
            create(child);
        }
        points(bundle, "start");
        points(bundle, "stop");
        if (child != null && child.promotable) {
            points(bundle, "promote");
            points(bundle, "demote");
            enclose(bundle, "promote", child);
            enclose(bundle, "demote", child);
        }
        for (Replica replica : bundle.replicas) {
            replica(bundle, replica);
        }
        if (child != null) {
            enclose(bundle, "start", child);
            enclose(bundle, "stop", child);
        }
        order(bundle, "running", "promote", 0);
        order(bundle, "demoted", "promote", 0);
        order(bundle, "stopped", "promote", 0);
        if (child != null && child.promotable) {
            order(bundle, "stopped", "start", 0);
            order(bundle, "demoted", "start", 0);
        }
        order(bundle, "demoted", "stop", 0);
        if (bundle.replicasPerHost == 1) {
            bundle.replicas.forEach(replica -> others(bundle, replica));
        }
    }

    /** Where one replica may still be, another is not started on top of it. */
    private void others(Bundle bundle, Replica replica) {
        if (replica.container == null) {
            return;
        }
        for (Action probe : List.copyOf(actions.of(replica.container, "monitor"))) {
            for (Replica other : bundle.replicas) {
                if (other != replica && other.container != null) {
                    actions.order(probe, actions.find(other.container, "start", probe.node), 0);
                }
            }
        }
    }

    private void replica(Bundle bundle, Replica replica) {
        Primitive container = replica.container;
        if (container == null) {
            return;
        }
        enclose(bundle, "start", container);
        enclose(bundle, "stop", container);
        if (bundle.child != null) {
            // Nothing comes up in containers before it is known where all of them are.
            actions.order(container, "monitor", bundle.child, "start", 0);
        }
        if (replica.address != null) {
            actions.order(replica.address, "start", container, "start", THEN_IF_FIRST | THEN_NEEDS_FIRST);
            actions.order(container, "stop", replica.address, "stop", FIRST_IF_THEN);
        }
        Primitive connection = replica.connection;
        if (connection != null) {
            actions.assure(container, "start");
            enclose(bundle, "start", connection);
            actions.order(container, "start", connection, "start", THEN_IF_FIRST | THEN_NEEDS_FIRST);
            actions.order(connection, "stop", container, "stop", FIRST_IF_THEN);
            actions.order(container, "monitor", connection, "monitor", 0);
            int needed = container.active.isEmpty() ? THEN_NEEDS_FIRST : 0;
            actions.order(container, "start", connection, "monitor", needed);
        }
    }
}
