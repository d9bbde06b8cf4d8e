package org.ringfence.simulator.judge;

import java.util.List;
import org.ringfence.controller.ControllerState;
import org.ringfence.controller.Effect;
import org.ringfence.controller.Event;
import org.ringfence.controller.Step;
import org.ringfence.controller.configuration.Edit;
import org.ringfence.controller.dc.DcState;
import org.ringfence.controller.message.Message;
import org.ringfence.controller.request.Answer;
import org.ringfence.controller.request.Request;
import org.ringfence.controller.selffencing.SelfFencing;
import org.ringfence.model.NodeId;
import org.ringfence.model.cib.Cib;
import org.ringfence.model.cib.Resource;
import org.ringfence.simulator.world.ClusterText;
import org.ringfence.simulator.world.Daemon;
import org.ringfence.simulator.world.World;

/**
 * A DC whose configuration has fencing switched off, or no device, has nothing started, unless the administrator has ever
 * waived fencing for something.
 */
public final class NothingStartsUnfenced implements Invariant {
    private boolean waived;

    @Override
    public void answered(World world, NodeId node, Request asked, Answer answer) {
        waived |= asked instanceof Request.ChangeConfiguration change
                && change.edits().stream().anyMatch(Edit.Waive.class::isInstance);
    }

    @Override
    public void stepped(World world, Daemon daemon, ControllerState before, Event event, Step<ControllerState> step) {
        if (waived || step.state().dc().isEmpty()) {
            return;
        }
        step.state().dc().flatMap(DcState::cib).ifPresent(cib -> {
            for (Effect effect : step.effects()) {
                if (effect instanceof Effect.Send(NodeId to, Message.Execute execute)
                        && execute.action().operation().equals("start")
                        && !execute.action().resource().agent().standard().equals("stonith")
                        && !canFence(world, cib, to)) {
                    throw violated("the DC " + daemon.node() + " has "
                            + execute.action().resource().id() + " started on " + to + " with no usable fencing");
                }
            }
        });
    }

    /** By a device that does it from outside; or the host is able to stop itself, and that is enough in such a cluster. */
    private static boolean canFence(World world, Cib cib, NodeId node) {
        boolean on = List.of("true", "yes", "on", "1")
                .contains(cib.property("fencing-enabled").orElse("true"));
        boolean device = ClusterText.FENCE_AGENTS.stream().anyMatch(agent -> has(cib, agent));
        // A host that is being reset has nobody to start anything.
        boolean armed = world.host(node).watchdog().isArmed()
                || world.host(node).daemon().isEmpty();
        boolean disks = armed && has(cib, SelfFencing.DISK_AGENT);
        boolean watchdog = armed
                && world.nodes().size() > 2
                && cib.property("fencing-watchdog-timeout").isPresent();
        return on && (device || disks || watchdog);
    }

    private static boolean has(Cib cib, String agent) {
        return cib.configuration().resources().values().stream()
                .anyMatch(resource -> resource instanceof Resource.Primitive primitive
                        && primitive.agent().standard().equals("stonith")
                        && primitive.agent().type().equals(agent));
    }
}
