package org.ringfence.simulator.world;

import org.ringfence.controller.ControllerState;
import org.ringfence.controller.Event;
import org.ringfence.controller.Step;
import org.ringfence.controller.configuration.StoredConfiguration;
import org.ringfence.controller.history.HistoryEntry;
import org.ringfence.controller.request.Answer;
import org.ringfence.controller.request.Request;
import org.ringfence.model.NodeId;

/** Sees everything that happens in the world, as it happens. Must not change anything. */
public interface Witness {

    /** A node has handled an event; its effects are carried out already. */
    default void stepped(World world, Daemon daemon, ControllerState before, Event event, Step<ControllerState> step) {}

    /** A node puts a line of its own on the timeline; what comes of the same event after that is not carried out yet. */
    default void told(World world, Daemon daemon, HistoryEntry entry) {}

    /** A resource has begun or ceased to run on a host. */
    default void resourceChanged(World world, Host host, String resource, boolean active) {}

    /** An agent begins an operation. */
    default void agentBegan(World world, Host host, String resource, String operation) {}

    /** A fence device has cut a host's power. */
    default void fenced(World world, NodeId host) {}

    /** A host has lost its power or got it back, for whatever reason. */
    default void powerChanged(World world, Host host) {}

    /** A node has answered the administrator. */
    default void answered(World world, NodeId node, Request asked, Answer answer) {}

    /** A disk does not hold any more what it has held; {@code before} is the configuration that could be read. */
    default void diskLost(World world, Host host, StoredConfiguration before) {}

    /** A node's daemon has ended because it has left. */
    default void left(World world, NodeId node) {}
}
