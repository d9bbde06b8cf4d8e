package org.ringfence.scheduler.action;

import static org.ringfence.scheduler.action.Ordering.FIRST_IF_THEN;
import static org.ringfence.scheduler.action.Ordering.GENERATED;
import static org.ringfence.scheduler.action.Ordering.THEN_IF_FIRST;
import static org.ringfence.scheduler.action.Ordering.THEN_NEEDS_FIRST;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.ringfence.scheduler.cluster.ClusterNode;
import org.ringfence.scheduler.reason.Cause;
import org.ringfence.scheduler.reason.Cause.Kind;
import org.ringfence.scheduler.reason.Source;
import org.ringfence.scheduler.resource.NodeFencing;
import org.ringfence.scheduler.resource.Primitive;
import org.ringfence.scheduler.resource.Resources;
import org.ringfence.scheduler.resource.Role;

/**
 * What is done on a remote or guest node is done over its connection: after that is up, before it goes down. Where the
 * connection is lost for good, the node is declared lost too, so this comes before fencing.
 */
public final class RemoteOrderings {
    private final Resources resources;
    private final NodeFencing fencing;
    private final Actions actions;

    /** How a remote node can be reached in this transition. */
    private enum Reach {
        /** Now and throughout. */
        ALIVE,
        /** Not now, but it will be: the connection is to be established anew, or is between two members. */
        LATER,
        /** The connection was ended, or is going to be, in order. */
        STOPPED,
        /** The connection is lost and does not come back. */
        LOST
    }

    public RemoteOrderings(Resources resources, Actions actions) {
        this.resources = resources;
        this.fencing = new NodeFencing(resources);
        this.actions = actions;
    }

    /** For when all resources' actions are there. */
    public void create() {
        for (Action action : List.copyOf(actions.all())) {
            order(action);
        }
    }

    /** Orders one action against the connection that it needs, if it needs one. */
    void order(Action action) {
        if (!(action.resource instanceof Primitive primitive)) {
            return;
        }
        if (primitive.isConnection() && action.is("clear_failcount")) {
            // The connection tries again once its failure is forgotten.
            actions.of(primitive, "start").forEach(start -> actions.order(action, start, 0));
            return;
        }
        ClusterNode node = action.node;
        if (node == null
                || !node.isRemoteOrGuest()
                || !(resources.byId(node.connection) instanceof Primitive connection)) {
            return;
        }
        if (!action.cancelled.isEmpty()) {
            before(action, connection, 0);
            return;
        }
        if (action.is("start")) {
            stopsElsewhere(action, primitive, connection);
        }
        Primitive container = connection.container;
        if (container == null) {
            overConnection(action, node, connection);
        } else {
            inContainer(action, node, connection, container);
        }
    }

    /** What moves to the node is left running where it is until the node turns out to be there. */
    private void stopsElsewhere(Action start, Primitive primitive, Primitive connection) {
        for (Action stop : actions.of(primitive, "stop")) {
            if (stop.node != start.node) {
                after(connection, stop, 0);
            }
        }
    }

    private void after(Primitive needed, Action action, int kinds) {
        if ((kinds & THEN_NEEDS_FIRST) != 0) {
            actions.assure(needed, "start");
        }
        for (Action start : actions.of(needed, "start")) {
            actions.order(start, action, kinds | GENERATED);
        }
    }

    private void before(Action action, Primitive connection, int kinds) {
        actions.order(action, connection, "stop", kinds | GENERATED);
    }

    private void overConnection(Action action, ClusterNode node, Primitive connection) {
        Reach reach = reach(connection);
        switch (action.task) {
            case "start", "promote" ->
                after(connection, action, THEN_NEEDS_FIRST | (reach == Reach.LOST ? THEN_IF_FIRST : 0));
            case "stop" -> {
                if (reach == Reach.ALIVE) {
                    before(action, connection, FIRST_IF_THEN);
                } else if (reach == Reach.LOST) {
                    fencing.request(node, "resources are active there but its connection cannot be recovered");
                } else if (connection.nextRole == Role.STOPPED) {
                    before(action, connection, FIRST_IF_THEN);
                } else {
                    after(connection, action, THEN_NEEDS_FIRST);
                }
            }
            case "demote" -> {
                if (reach == Reach.LATER) {
                    after(connection, action, THEN_NEEDS_FIRST);
                }
            }
            default -> watch(action, node, connection, reach);
        }
    }

    private void watch(Action action, ClusterNode node, Primitive connection, Reach reach) {
        if (action.intervalMillis > 0) {
            after(connection, action, THEN_NEEDS_FIRST | THEN_IF_FIRST);
            return;
        }
        if (action.is("monitor") && reach == Reach.LOST) {
            fencing.request(node, "its resources are in an unknown state and its connection cannot be recovered");
        }
        if (reach == Reach.LOST) {
            action.runnable = false;
            action.hindrance = Cause.of(Kind.NODE, Source.node(node.name), node + " cannot be reached");
        }
        if (reach == Reach.STOPPED && current(connection) != null) {
            before(action, connection, THEN_NEEDS_FIRST);
        } else {
            after(connection, action, THEN_NEEDS_FIRST);
        }
    }

    private void inContainer(Action action, ClusterNode node, Primitive connection, Primitive container) {
        if (container.state.failed) {
            fencing.request(node, "its container " + container.id + " failed");
        }
        switch (action.task) {
            case "start", "promote" -> {
                after(container, action, THEN_NEEDS_FIRST | THEN_IF_FIRST);
                after(connection, action, THEN_NEEDS_FIRST);
            }
            case "stop", "demote" -> {
                // Those of a container that failed come about by its own stop.
                if (!container.state.failed) {
                    before(action, connection, 0);
                }
            }
            default -> after(connection, action, THEN_NEEDS_FIRST | (action.intervalMillis > 0 ? THEN_IF_FIRST : 0));
        }
    }

    private static Reach reach(Primitive connection) {
        ClusterNode member = current(connection);
        if (connection.nextRole == Role.STOPPED || connection.assigned == null) {
            if (member != null && member.unclean) {
                return Reach.LOST;
            }
            if (!connection.state.failed) {
                return Reach.STOPPED;
            }
            return waitsToReconnect(connection) ? Reach.LATER : Reach.LOST;
        }
        if (member == null || member.unclean || !member.online) {
            return Reach.LATER;
        }
        boolean between = connection.state.partialSource != null && connection.state.partialTarget != null;
        return between ? Reach.LATER : Reach.ALIVE;
    }

    /** The node was fenced, and the connection is kept down for a while before it is tried again. */
    private static boolean waitsToReconnect(Primitive connection) {
        ClusterNode node = connection.remoteNode;
        return node != null && node.wasReset && connection.reconnectMillis() > 0;
    }

    private static @Nullable ClusterNode current(Primitive connection) {
        return connection.active.isEmpty() ? null : connection.active.getFirst();
    }
}
