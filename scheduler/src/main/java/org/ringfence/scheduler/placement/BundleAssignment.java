package org.ringfence.scheduler.placement;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.ringfence.model.value.Score;
import org.ringfence.scheduler.cluster.ClusterNode;
import org.ringfence.scheduler.constraint.Colocation;
import org.ringfence.scheduler.resource.Bundle;
import org.ringfence.scheduler.resource.Primitive;
import org.ringfence.scheduler.resource.Replica;
import org.ringfence.scheduler.resource.Resource;
import org.ringfence.scheduler.resource.Role;

/** Distributes a bundle's containers like instances, then what belongs to each, then what runs inside. */
final class BundleAssignment {
    private static final int NEAR_CONTAINER = 10_000;

    private final Assignment assignment;

    BundleAssignment(Assignment assignment) {
        this.assignment = assignment;
    }

    void assign(Bundle bundle) {
        if (!bundle.provisional || bundle.assigning) {
            return;
        }
        bundle.assigning = true;
        for (Colocation colocation : bundle.asDependent) {
            Resource primary = colocation.primary();
            if (primary.provisional && !primary.assigning) {
                assignment.assign(primary);
            }
        }
        containers(bundle);
        for (Replica replica : bundle.replicas) {
            Primitive container = replica.container;
            if (container == null) {
                continue;
            }
            if (replica.address != null) {
                assignment.assign(replica.address);
            }
            Primitive connection = replica.connection;
            if (connection != null) {
                place(connection, container.assigned);
                assignment.assign(connection);
            }
        }
        if (bundle.child != null) {
            for (Replica replica : bundle.replicas) {
                place(replica);
            }
            assignment.assign(bundle.child);
        }
        bundle.provisional = false;
        bundle.assigning = false;
        bundle.nextRole = Role.STARTED;
    }

    /** A connection may be on any member; being with its container, or with the connection to its host, saves a hop. */
    private void place(Primitive connection, @Nullable ClusterNode host) {
        if (host == null) {
            return;
        }
        if (host.isRemoteOrGuest()) {
            if (assignment.byId(host.connection) instanceof Primitive toHost && toHost.assigned != null) {
                for (ClusterNode node : assignment.nodes.all()) {
                    if (node != toHost.assigned) {
                        connection.scores[node.index] = -Score.INFINITY;
                    }
                }
                connection.book(() -> Causes.nearContainer(connection));
            }
        } else {
            connection.scores[host.index] = Score.add(connection.scores[host.index], NEAR_CONTAINER);
            connection.book(() -> Causes.nearContainer(connection));
        }
    }

    private void containers(Bundle bundle) {
        List<Primitive> containers = new ArrayList<>();
        for (Replica replica : bundle.replicas) {
            if (replica.container != null) {
                containers.add(replica.container);
            }
        }
        containers.sort(new InstanceOrder(bundle, assignment.wishes));
        new Distribution(assignment, bundle, containers.size(), bundle.replicasPerHost).spread(containers);
    }

    /** What runs inside a replica runs nowhere else. */
    private void place(Replica replica) {
        Primitive child = replica.child;
        ClusterNode guest = replica.node;
        if (child == null) {
            return;
        }
        for (ClusterNode node : assignment.nodes.all()) {
            if (node != guest) {
                child.scores[node.index] = -Score.INFINITY;
            } else {
                child.scores[node.index] = Score.INFINITY;
            }
        }
        child.book(() -> Causes.insideReplica(child));
        if (guest != null && child.managed && child.nextRole != Role.STOPPED) {
            // Even if the guest does not come up: then its start cannot be done, and it is stopped for that.
            assignment.settle(child, guest);
        }
    }
}
