package org.ringfence.simulator.judge;

import java.util.Optional;
import org.ringfence.controller.ControllerState;
import org.ringfence.controller.Effect;
import org.ringfence.controller.Event;
import org.ringfence.controller.Step;
import org.ringfence.controller.membership.View;
import org.ringfence.controller.membership.ViewNumber;
import org.ringfence.controller.message.Message;
import org.ringfence.simulator.world.Daemon;
import org.ringfence.simulator.world.World;

/** A message of another view than its reader's causes nothing. */
public final class MessagesDieWithTheirView implements Invariant {
    @Override
    public void stepped(World world, Daemon daemon, ControllerState before, Event event, Step<ControllerState> step) {
        if (!(event instanceof Event.Received received) || !(received.message() instanceof Message.Within message)) {
            return;
        }
        Optional<ViewNumber> present = before.membership().view().map(View::number);
        if (present.equals(Optional.of(message.view()))) {
            return;
        }
        boolean acted = step.effects().stream()
                .anyMatch(effect -> effect instanceof Effect.RunAgent
                        || effect instanceof Effect.RunFenceAgent
                        || effect instanceof Effect.Save);
        if (acted || !step.state().facts().equals(before.facts())) {
            throw violated(daemon.node() + " in view "
                    + present.map(Object::toString).orElse("(none)") + " acts on a message of view " + message.view());
        }
    }
}
