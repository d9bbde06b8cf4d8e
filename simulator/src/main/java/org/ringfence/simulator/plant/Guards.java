package org.ringfence.simulator.plant;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import org.ringfence.controller.ControllerState;
import org.ringfence.controller.Effect;
import org.ringfence.controller.Event;
import org.ringfence.controller.Now;
import org.ringfence.controller.Step;
import org.ringfence.controller.Timer;
import org.ringfence.controller.membership.View;
import org.ringfence.controller.message.Message;
import org.ringfence.controller.port.FenceAgents;
import org.ringfence.controller.selffencing.LeaseState;
import org.ringfence.controller.selffencing.SelfFencing;
import org.ringfence.model.NodeId;
import org.ringfence.simulator.world.Machine;
import org.ringfence.simulator.world.SharedDisks;

/** Nodes that do not stop themselves in time, or do not wait until others have. */
final class Guards {
    private static final int MUCH_SHORTER = 4;

    private Guards() {}

    /** The guard is told at every beat that the node has just been heard. */
    static Step<ControllerState> feedsWithoutLease(ControllerState state, Now now, Event event) {
        Step<ControllerState> step = Machine.PRODUCTION.step(state, now, event);
        List<Effect> effects = new ArrayList<>();
        for (Effect effect : step.effects()) {
            effects.add(
                    effect instanceof Effect.Beat(boolean bound, Optional<Long> lease) && bound
                            ? new Effect.Beat(true, Optional.of(now.elapsed()))
                            : effect);
        }
        return new Step<>(step.state(), effects);
    }

    /** The lease begins when the answer arrives. */
    static Step<ControllerState> countsFromTheAnswer(ControllerState state, Now now, Event event) {
        Step<ControllerState> step = Machine.PRODUCTION.step(state, now, event);
        LeaseState after = step.state().lease();
        boolean answer = event instanceof Event.Received received && received.message() instanceof Message.LeaseAnswer;
        if (!answer || after.lease().equals(state.lease().lease())) {
            return step;
        }
        List<Effect> effects = new ArrayList<>(step.effects());
        effects.add(new Effect.Beat(after.bound(), Optional.of(now.elapsed())));
        return new Step<>(Memory.with(step.state(), after.withLease(Optional.of(now.elapsed()))), effects);
    }

    /** A member answers for a view in which it is no more. */
    static Step<ControllerState> answersForAnotherView(ControllerState state, Now now, Event event) {
        Step<ControllerState> step = Machine.PRODUCTION.step(state, now, event);
        if (event instanceof Event.Received(NodeId from, Message.LeaseQuestion question)
                && !state.membership().view().map(View::number).equals(Optional.of(question.view()))) {
            List<Effect> effects = new ArrayList<>(step.effects());
            effects.add(new Effect.Send(from, new Message.LeaseAnswer(question.view(), question.number())));
            return new Step<>(step.state(), effects);
        }
        return step;
    }

    /** A DC waits for a watchdog for a part of what is needed. */
    static Step<ControllerState> waitsTooShort(ControllerState state, Now now, Event event) {
        Step<ControllerState> step = Machine.PRODUCTION.step(state, now, event);
        List<Effect> effects = new ArrayList<>();
        for (Effect effect : step.effects()) {
            effects.add(
                    effect instanceof Effect.StartTimer(Timer timer, Duration after)
                                    && timer instanceof Timer.WatchdogWait
                            ? new Effect.StartTimer(timer, after.dividedBy(MUCH_SHORTER))
                            : effect);
        }
        return new Step<>(step.state(), effects);
    }

    /** A message on shared disks counts as soon as it is written. */
    static Step<ControllerState> doesNotWaitForTheMessage(ControllerState state, Now now, Event event) {
        Step<ControllerState> step = Machine.PRODUCTION.step(state, now, event);
        List<Effect> effects = new ArrayList<>();
        ControllerState next = step.state();
        for (Effect effect : step.effects()) {
            effects.add(effect);
            if (effect instanceof Effect.RunFenceAgent(FenceAgents.Request request) && writes(request)) {
                var done = new FenceAgents.Result(request.token(), true, 0, List.of(), "", Duration.ZERO);
                Step<ControllerState> after = Machine.PRODUCTION.step(next, now, new Event.FenceAgentFinished(done));
                next = after.state();
                effects.addAll(after.effects());
            }
        }
        return new Step<>(next, effects);
    }

    /** A message on one of several disks counts. */
    static Step<ControllerState> writesToOneDisk(ControllerState state, Now now, Event event) {
        Step<ControllerState> step = Machine.PRODUCTION.step(state, now, event);
        List<Effect> effects = new ArrayList<>();
        for (Effect effect : step.effects()) {
            if (effect instanceof Effect.RunFenceAgent(FenceAgents.Request request) && writes(request)) {
                var parameters = new LinkedHashMap<>(request.parameters());
                parameters.computeIfPresent(SharedDisks.PARAMETER, (name, disks) -> disks.split(";")[0]);
                effects.add(new Effect.RunFenceAgent(new FenceAgents.Request(
                        request.token(), request.agent(), request.action(), parameters, request.timeout())));
            } else {
                effects.add(effect);
            }
        }
        return new Step<>(step.state(), effects);
    }

    private static boolean writes(FenceAgents.Request request) {
        return request.agent().equals(SelfFencing.DISK_AGENT)
                && (request.action().equals("reboot") || request.action().equals("off"));
    }
}
