package org.ringfence.controller.fencing;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.ringfence.controller.Effect;
import org.ringfence.controller.Step;
import org.ringfence.controller.Timer;
import org.ringfence.controller.fencing.FencingState.Request;
import org.ringfence.controller.membership.ViewNumber;
import org.ringfence.controller.message.Message;
import org.ringfence.model.NodeId;

/**
 * Carries out fencing requests for the DC: tries each way of the plan, each call as often as the device says, from one
 * node and then from another. A request succeeds only when an agent has said so for every call of one way.
 */
public final class Fencing {
    /** For looking at metadata and lists before the call itself, and for the answer's way. */
    private static final Duration BESIDES_THE_CALL = Duration.ofSeconds(25);

    private Fencing() {}

    /** What happens to fencing requests. */
    public sealed interface Event {
        /** @param candidates nodes that may execute, best first; the target is not among them */
        record Ask(long id, FencePlan plan, String why, List<NodeId> candidates) implements Event {}

        record DelayIsOver(long id) implements Event {}

        record Executed(Message.FenceExecuted outcome) implements Event {}

        /** The executing node has not answered in time. */
        record Overdue(long id, int attempt) implements Event {}

        /** The view is gone, and with it all requests; the next DC decides anew. */
        record Drop() implements Event {}
    }

    /** @param view whose DC this node is */
    public static Step<FencingState> step(FencingState state, ViewNumber view, Event event) {
        return switch (event) {
            case Event.Ask ask -> ask(state, view, ask);
            case Event.DelayIsOver over -> delayIsOver(state, view, over.id());
            case Event.Executed executed -> executed(state, view, executed.outcome());
            case Event.Overdue overdue ->
                failed(state, view, overdue.id(), overdue.attempt(), "its node did not answer in time");
            case Event.Drop drop -> Step.of(FencingState.NONE);
        };
    }

    private static Step<FencingState> ask(FencingState state, ViewNumber view, Event.Ask ask) {
        NodeId target = ask.plan().target();
        if (ask.plan().ways().isEmpty()) {
            return Step.of(state, ended(ask, "no fence device covers it"));
        }
        if (ask.candidates().isEmpty()) {
            return Step.of(state, ended(ask, "no other node is there to fence it"));
        }
        var request = new Request(ask.id(), ask.plan(), ask.why(), ask.candidates(), 0, 0, 0, 0, false, "");
        if (!ask.plan().delay().isZero() && !target.equals(view.proposer())) {
            return Step.of(
                    state.with(request),
                    new Effect.StartTimer(
                            new Timer.FenceDelay(ask.id()), ask.plan().delay()));
        }
        return send(state, view, request);
    }

    private static Effect ended(Event.Ask ask, String why) {
        return new Effect.FenceEnded(ask.id(), ask.plan().target(), ask.plan().action(), false, why);
    }

    private static Step<FencingState> delayIsOver(FencingState state, ViewNumber view, long id) {
        Request request = state.requests().get(id);
        return request == null || request.executing() ? Step.of(state) : send(state, view, request);
    }

    private static Step<FencingState> send(FencingState state, ViewNumber view, Request request) {
        var sent = new Request(
                request.id(),
                request.plan(),
                request.why(),
                request.candidates(),
                request.way(),
                request.call(),
                request.attempt() + 1,
                request.tried() + 1,
                true,
                request.lastFailure());
        FenceCall call = sent.present().call();
        return Step.of(
                state.with(sent),
                new Effect.Send(sent.executor(), new Message.FenceExecute(view, sent.id(), sent.attempt(), call)),
                new Effect.StartTimer(
                        new Timer.FenceAnswer(sent.id(), sent.attempt()),
                        call.timeout().multipliedBy(2).plus(BESIDES_THE_CALL)));
    }

    private static Step<FencingState> executed(FencingState state, ViewNumber view, Message.FenceExecuted outcome) {
        Request request = state.requests().get(outcome.request());
        // An answer to a call that was given up, or to another request, proves nothing.
        if (request == null || request.attempt() != outcome.attempt()) {
            return Step.of(state);
        }
        if (!outcome.succeeded()) {
            return failed(state, view, outcome.request(), outcome.attempt(), outcome.reason());
        }
        var timer = new Effect.StopTimer(new Timer.FenceAnswer(request.id(), request.attempt()));
        List<FencePlan.Attempt> calls = request.plan().ways().get(request.way()).calls();
        if (request.call() + 1 == calls.size()) {
            String text = request.present().call().device() + " from " + request.executor() + " in "
                    + outcome.took().toMillis() + " ms";
            return Step.of(
                    state.without(request.id()),
                    timer,
                    new Effect.FenceEnded(
                            request.id(),
                            request.plan().target(),
                            request.plan().action(),
                            true,
                            text));
        }
        return then(timer, send(state, view, at(request, request.way(), request.call() + 1, 0, "")));
    }

    private static Step<FencingState> failed(FencingState state, ViewNumber view, long id, int attempt, String why) {
        Request request = state.requests().get(id);
        if (request == null || request.attempt() != attempt) {
            return Step.of(state);
        }
        var timer = new Effect.StopTimer(new Timer.FenceAnswer(id, attempt));
        FencePlan.Attempt present = request.present();
        String reason = present.call().device() + " from " + request.executor() + ": " + why;
        if (request.tried() < present.tries()) {
            return then(timer, send(state, view, at(request, request.way(), request.call(), request.tried(), reason)));
        }
        if (request.way() + 1 < request.plan().ways().size()) {
            return then(timer, send(state, view, at(request, request.way() + 1, 0, 0, reason)));
        }
        return Step.of(
                state.without(id),
                timer,
                new Effect.FenceEnded(
                        id, request.plan().target(), request.plan().action(), false, reason));
    }

    private static Request at(Request request, int way, int call, int tried, String lastFailure) {
        return new Request(
                request.id(),
                request.plan(),
                request.why(),
                request.candidates(),
                way,
                call,
                request.attempt(),
                tried,
                true,
                lastFailure);
    }

    private static Step<FencingState> then(Effect first, Step<FencingState> rest) {
        List<Effect> effects = new ArrayList<>();
        effects.add(first);
        effects.addAll(rest.effects());
        return new Step<>(rest.state(), effects);
    }
}
