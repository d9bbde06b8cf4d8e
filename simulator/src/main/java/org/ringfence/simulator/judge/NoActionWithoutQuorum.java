package org.ringfence.simulator.judge;

import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.ringfence.controller.ControllerState;
import org.ringfence.controller.Effect;
import org.ringfence.controller.Event;
import org.ringfence.controller.Step;
import org.ringfence.controller.membership.View;
import org.ringfence.controller.message.Message;
import org.ringfence.model.NodeId;
import org.ringfence.simulator.world.Daemon;
import org.ringfence.simulator.world.Host;
import org.ringfence.simulator.world.World;

/**
 * Resources are started, and nodes outside the view are fenced, only in a view of more than half of the nodes; of two nodes
 * one is enough when its daemon has been together with the other since it started. A member that cannot stop something may
 * be fenced by the others of its view whatever their number: that takes nothing from those who may have quorum.
 */
public final class NoActionWithoutQuorum implements Invariant {
    /** In which life of its daemon a node was last in a view of all. */
    private final SortedMap<NodeId, Integer> sawAll = new TreeMap<>();

    @Override
    public void stepped(World world, Daemon daemon, ControllerState before, Event event, Step<ControllerState> step) {
        for (Effect effect : step.effects()) {
            if (effect instanceof Effect.Installed(View view)
                    && view.members().size() == world.nodes().size()) {
                sawAll.put(daemon.node(), daemon.life());
            }
            if (effect instanceof Effect.Send(NodeId to, Message.FenceExecute fence)
                    && !isMember(daemon, fence.call().target())) {
                check(world, daemon, "has " + to + " fence " + fence.call().target());
            }
        }
    }

    @Override
    public void agentBegan(World world, Host host, String resource, String operation) {
        if (operation.equals("start")) {
            host.daemon().ifPresent(daemon -> check(world, daemon, "starts " + resource));
        }
    }

    private static boolean isMember(Daemon daemon, NodeId target) {
        return daemon.state()
                .membership()
                .view()
                .filter(view -> view.has(target))
                .isPresent();
    }

    private void check(World world, Daemon daemon, String what) {
        Optional<View> view = daemon.state().membership().view();
        int all = world.nodes().size();
        int members = view.map(present -> present.members().size()).orElse(0);
        Integer life = sawAll.get(daemon.node());
        boolean fencingDecides = all == 2 && members == 1 && life != null && life == daemon.life();
        if (2 * members <= all && !fencingDecides) {
            throw violated(daemon.node() + " " + what + " with " + members + " of " + all + " nodes");
        }
    }
}
