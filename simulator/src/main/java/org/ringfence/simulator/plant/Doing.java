package org.ringfence.simulator.plant;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.ringfence.controller.ControllerState;
import org.ringfence.controller.Document;
import org.ringfence.controller.Effect;
import org.ringfence.controller.Event;
import org.ringfence.controller.Now;
import org.ringfence.controller.Step;
import org.ringfence.controller.message.Message;
import org.ringfence.controller.port.ResourceAgents;
import org.ringfence.model.status.ExecutionStatus;
import org.ringfence.simulator.world.Machine;

/** Nodes that do something else than the machine has decided. */
final class Doing {
    private Doing() {}

    static Step<ControllerState> claimsToStop(ControllerState state, Now now, Event event) {
        Step<ControllerState> step = Machine.PRODUCTION.step(state, now, event);
        List<Effect> effects = new ArrayList<>();
        ControllerState next = step.state();
        for (Effect effect : step.effects()) {
            if (effect instanceof Effect.RunAgent(ResourceAgents.Request request)
                    && request.operation().equals("stop")) {
                var claimed = new ResourceAgents.Result(
                        request.token(), ExecutionStatus.DONE, 0, "", "", now.wall(), Duration.ZERO);
                Step<ControllerState> after = Machine.PRODUCTION.step(next, now, new Event.AgentFinished(claimed));
                next = after.state();
                effects.addAll(after.effects());
            } else {
                effects.add(effect);
            }
        }
        return new Step<>(next, effects);
    }

    static Step<ControllerState> acknowledgesEarly(ControllerState state, Now now, Event event) {
        Step<ControllerState> step = Machine.PRODUCTION.step(state, now, event);
        List<Effect> effects = new ArrayList<>(step.effects());
        for (Effect effect : step.effects()) {
            if (effect instanceof Effect.Save(Document.Configuration saving)) {
                step.state()
                        .membership()
                        .view()
                        .filter(view ->
                                !view.dc().equals(step.state().settings().self()))
                        .ifPresent(view -> effects.add(new Effect.Send(
                                view.dc(), new Message.Prepared(view.number(), saving.change(), Optional.empty()))));
            }
        }
        return new Step<>(step.state(), effects);
    }

    static Step<ControllerState> installsTwice(ControllerState state, Now now, Event event) {
        Step<ControllerState> step = Machine.PRODUCTION.step(state, now, event);
        List<Effect> effects = new ArrayList<>(step.effects());
        boolean again = event instanceof Event.Received received
                && received.message() instanceof Message.Install
                && state.membership().installed().isPresent();
        if (again) {
            step.effects().stream().filter(Effect.Installed.class::isInstance).forEach(effects::add);
        }
        return new Step<>(step.state(), effects);
    }
}
