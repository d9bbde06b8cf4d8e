package org.ringfence.simulator.plant;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import org.ringfence.controller.ControllerState;
import org.ringfence.controller.Effect;
import org.ringfence.controller.Event;
import org.ringfence.controller.Now;
import org.ringfence.controller.Protocol;
import org.ringfence.controller.Step;
import org.ringfence.controller.dc.DcState;
import org.ringfence.controller.facts.Fact;
import org.ringfence.controller.fencing.FencingState;
import org.ringfence.controller.membership.View;
import org.ringfence.controller.membership.ViewNumber;
import org.ringfence.controller.message.Message;
import org.ringfence.controller.port.FenceAgents;
import org.ringfence.model.NodeId;
import org.ringfence.simulator.world.Machine;

/** Nodes that hear something else than they are told. */
final class Hearing {
    private Hearing() {}

    private static Step<ControllerState> hears(ControllerState state, Now now, NodeId from, Message message) {
        return Machine.PRODUCTION.step(state, now, new Event.Received(from, message));
    }

    /** Says yes like any member, and forgets at once that it has. */
    static Step<ControllerState> promisesAndStays(ControllerState state, Now now, Event event) {
        Step<ControllerState> step = Machine.PRODUCTION.step(state, now, event);
        boolean promises = step.effects().stream()
                .anyMatch(effect ->
                        effect instanceof Effect.Send(NodeId to, Message answer) && answer instanceof Message.Accept);
        boolean wasDc = state.dc().map(DcState::ready).orElse(false);
        return promises && wasDc ? new Step<>(state, step.effects()) : step;
    }

    static Step<ControllerState> ignoresWhatOthersHold(ControllerState state, Now now, Event event) {
        if (event instanceof Event.Received(NodeId from, Message.Accept accept)) {
            return hears(
                    state,
                    now,
                    from,
                    new Message.Accept(accept.ballot(), Optional.empty(), false, accept.protocol(), accept.guard()));
        }
        return Machine.PRODUCTION.step(state, now, event);
    }

    static Step<ControllerState> takesOldMessages(ControllerState state, Now now, Event event) {
        Optional<ViewNumber> present = state.membership().view().map(View::number);
        if (present.isPresent() && event instanceof Event.Received(NodeId from, Message message)) {
            ViewNumber view = present.get();
            if (message instanceof Message.FactsChanged old) {
                return hears(state, now, from, new Message.FactsChanged(view, old.facts(), old.known()));
            }
            if (message instanceof Message.Execute old) {
                return hears(
                        state, now, from, new Message.Execute(view, old.asked(), old.transitionKey(), old.action()));
            }
            if (message instanceof Message.Prepare old) {
                return hears(
                        state, now, from, new Message.Prepare(view, old.change(), old.stamp(), old.text(), old.note()));
            }
        }
        return Machine.PRODUCTION.step(state, now, event);
    }

    /** Takes what a fence agent of this node did for the success of a later fencing that is under way too. */
    static Step<ControllerState> creditsTheWrongFencing(ControllerState state, Now now, Event event) {
        if (event instanceof Event.FenceAgentFinished(FenceAgents.Result result)
                && result.succeeded()
                && state.dc().isPresent()) {
            DcState dc = state.dc().get();
            SortedMap<Long, FencingState.Request> requests = dc.fencing().requests();
            if (requests.size() > 1) {
                FencingState.Request last = requests.lastEntry().getValue();
                return hears(
                        state,
                        now,
                        state.settings().self(),
                        new Message.FenceExecuted(dc.view(), last.id(), last.attempt(), true, "", result.took()));
            }
        }
        return Machine.PRODUCTION.step(state, now, event);
    }

    static Step<ControllerState> losesFailCounts(ControllerState state, Now now, Event event) {
        if (event instanceof Event.Received(NodeId from, Message.Join join)) {
            List<Fact> facts = new ArrayList<>(join.facts());
            facts.removeIf(fact -> fact.key().kind() == Fact.Kind.ATTRIBUTE);
            return hears(
                    state,
                    now,
                    from,
                    new Message.Join(join.view(), join.history(), facts, join.known(), join.life(), join.carried()));
        }
        return Machine.PRODUCTION.step(state, now, event);
    }

    /** Takes every member for one of the newest release. */
    static Step<ControllerState> takesAllForNewest(ControllerState state, Now now, Event event) {
        if (event instanceof Event.Received(NodeId from, Message.Accept accept)) {
            return hears(
                    state,
                    now,
                    from,
                    new Message.Accept(
                            accept.ballot(), accept.holding(), accept.damaged(), Protocol.NEWEST, accept.guard()));
        }
        return Machine.PRODUCTION.step(state, now, event);
    }

    static Step<ControllerState> ignoresStarts(ControllerState state, Now now, Event event) {
        return event instanceof Event.Received(NodeId from, Message.Execute execute)
                        && execute.action().operation().equals("start")
                ? Step.of(state)
                : Machine.PRODUCTION.step(state, now, event);
    }
}
