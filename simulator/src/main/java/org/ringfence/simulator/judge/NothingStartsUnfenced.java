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
import org.ringfence.model.NodeId;
import org.ringfence.model.cib.Cib;
import org.ringfence.model.cib.Resource;
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
        step.state().dc().flatMap(DcState::cib).filter(cib -> !canFence(cib)).ifPresent(cib -> {
            for (Effect effect : step.effects()) {
                if (effect instanceof Effect.Send(NodeId to, Message.Execute execute)
                        && execute.action().operation().equals("start")
                        && !execute.action().resource().agent().standard().equals("stonith")) {
                    throw violated("the DC " + daemon.node() + " has "
                            + execute.action().resource().id() + " started on " + to + " with no usable fencing");
                }
            }
        });
    }

    private static boolean canFence(Cib cib) {
        boolean on = List.of("true", "yes", "on", "1")
                .contains(cib.property("fencing-enabled").orElse("true"));
        return on
                && cib.configuration().resources().values().stream()
                        .anyMatch(resource -> resource instanceof Resource.Primitive primitive
                                && primitive.agent().standard().equals("stonith"));
    }
}
