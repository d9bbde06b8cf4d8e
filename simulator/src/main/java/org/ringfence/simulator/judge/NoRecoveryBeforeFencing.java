package org.ringfence.simulator.judge;

import java.util.SortedSet;
import java.util.TreeSet;
import org.ringfence.controller.ControllerState;
import org.ringfence.controller.Effect;
import org.ringfence.controller.Event;
import org.ringfence.controller.Step;
import org.ringfence.controller.membership.View;
import org.ringfence.model.NodeId;
import org.ringfence.simulator.world.Daemon;
import org.ringfence.simulator.world.Host;
import org.ringfence.simulator.world.World;

/**
 * Nothing starts while a node that was in a quorate view is neither a member, nor fenced since, nor gone in order. That it
 * happens to have no power does not count: nobody could have known.
 */
public final class NoRecoveryBeforeFencing implements Invariant {
    private final SortedSet<NodeId> mayHoldSomething = new TreeSet<>();

    @Override
    public void stepped(World world, Daemon daemon, ControllerState before, Event event, Step<ControllerState> step) {
        for (Effect effect : step.effects()) {
            if (effect instanceof Effect.Installed(View view) && view.quorate()) {
                mayHoldSomething.add(daemon.node());
            }
        }
    }

    @Override
    public void fenced(World world, NodeId host) {
        mayHoldSomething.remove(host);
    }

    @Override
    public void left(World world, NodeId node) {
        mayHoldSomething.remove(node);
    }

    @Override
    public void agentBegan(World world, Host host, String resource, String operation) {
        if (!operation.equals("start")) {
            return;
        }
        host.daemon().flatMap(daemon -> daemon.state().membership().view()).ifPresent(view -> {
            for (NodeId node : mayHoldSomething) {
                if (!view.has(node)) {
                    throw violated(resource + " starts on " + host + " in view " + view.number() + " while " + node
                            + " was lost and is not fenced");
                }
            }
        });
    }
}
