package org.ringfence.controller.fencing;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import org.ringfence.controller.Effect;
import org.ringfence.controller.Step;
import org.ringfence.controller.Timer;
import org.ringfence.controller.fencing.FencingState.Request;
import org.ringfence.controller.fencing.FencingState.Stage;
import org.ringfence.controller.membership.ViewNumber;
import org.ringfence.controller.message.Message;
import org.ringfence.model.NodeId;

/**
 * Carries out fencing requests for the DC: tries each way of the plan, each call as often as the device says, from one
 * node and then from another. A device is asked for no more at a time than it takes. A request succeeds only when an agent has
 * said so for every call of one way, and the target is not heard any more.
 */
public final class Fencing {
    /** For looking at metadata and lists before the call itself, and for the answer's way. */
    private static final Duration BESIDES_THE_CALL = Duration.ofSeconds(25);

    /** Longer than any engine takes to notice that a host has no power. */
    private static final Duration SILENCE = Duration.ofSeconds(15);

    private Fencing() {}

    /** What happens to fencing requests. */
    public sealed interface Event {
        /**
         * @param round      how often all of it has failed before
         * @param candidates nodes that may execute, by device, best first
         * @param continued  a former DC's call, to be taken over where it stands
         */
        record Ask(
                long id,
                FencePlan plan,
                String why,
                int round,
                SortedMap<String, List<NodeId>> candidates,
                Optional<Underway> continued)
                implements Event {}

        record DelayIsOver(long id) implements Event {}

        /** @param heard whether the engine still hears the target */
        record Executed(Message.FenceExecuted outcome, boolean heard) implements Event {}

        /** The executing node has not answered in time. */
        record Overdue(long id, int attempt) implements Event {}

        /** The engine does not hear a node any more. */
        record Silent(NodeId target) implements Event {}

        /** The target should have fallen silent long ago. */
        record StillHeard(long id) implements Event {}
    }

    /** @param view whose DC this node is */
    public static Step<FencingState> step(FencingState state, ViewNumber view, Event event) {
        var turn = new Draft(state, view);
        switch (event) {
            case Event.Ask ask -> turn.ask(ask);
            case Event.DelayIsOver over ->
                turn.in(over.id(), Stage.DELAYED).ifPresent(request -> turn.wait(request.in(Stage.QUEUED)));
            case Event.Executed executed -> turn.executed(executed.outcome(), executed.heard());
            case Event.Overdue overdue ->
                turn.in(overdue.id(), Stage.EXECUTING)
                        .filter(request -> request.attempt() == overdue.attempt())
                        .ifPresent(request -> turn.failed(request, "its node did not answer in time"));
            case Event.Silent silent -> turn.silent(silent.target());
            case Event.StillHeard heard -> turn.in(heard.id(), Stage.SILENCE).ifPresent(turn::lied);
        }
        turn.goOn();
        return new Step<>(turn.state, turn.effects);
    }

    /** The handling of one event. */
    private static final class Draft {
        private final ViewNumber view;
        private final List<Effect> effects = new ArrayList<>();
        private FencingState state;

        private Draft(FencingState state, ViewNumber view) {
            this.state = state;
            this.view = view;
        }

        private Optional<Request> in(long id, Stage stage) {
            return Optional.ofNullable(state.requests().get(id)).filter(request -> request.stage() == stage);
        }

        private void ask(Event.Ask ask) {
            FencePlan plan = ask.plan();
            if (plan.ways().isEmpty()) {
                ended(ask.id(), plan, false, "no fence device that can be counted on covers it");
                return;
            }
            boolean nobody = ask.candidates().values().stream().allMatch(List::isEmpty);
            if (nobody) {
                ended(ask.id(), plan, false, "no node is there that may fence it");
                return;
            }
            Optional<Underway> continued = ask.continued().filter(former -> fits(plan, former));
            // What a former DC has asked for has held back already.
            boolean delayed = plan.delay().isPositive() && continued.isEmpty();
            var request = new Request(
                    ask.id(),
                    plan,
                    ask.why(),
                    ask.candidates(),
                    ask.round(),
                    continued.map(Underway::way).orElse(0),
                    continued.map(Underway::call).orElse(0),
                    0,
                    0,
                    delayed ? Stage.DELAYED : Stage.QUEUED,
                    Optional.empty(),
                    continued,
                    false,
                    "",
                    "");
            if (delayed) {
                effects.add(new Effect.StartTimer(new Timer.FenceDelay(ask.id()), plan.delay()));
            }
            wait(request);
        }

        /** The configuration may have changed since, and with it the plan. */
        private static boolean fits(FencePlan plan, Underway former) {
            return former.action().equals(plan.action())
                    && former.way() < plan.ways().size()
                    && former.call() < plan.ways().get(former.way()).calls().size()
                    && plan.ways()
                            .get(former.way())
                            .calls()
                            .get(former.call())
                            .call()
                            .device()
                            .equals(former.device());
        }

        private void wait(Request request) {
            state = state.with(request);
        }

        /** Sends out what waits and may begin, first come first. */
        private void goOn() {
            boolean moved = true;
            while (moved) {
                Optional<Request> next = state.requests().values().stream()
                        .filter(request -> request.stage() == Stage.QUEUED)
                        .filter(this::mayBegin)
                        .findFirst();
                next.ifPresent(this::send);
                moved = next.isPresent();
            }
        }

        private boolean mayBegin(Request request) {
            if (request.continued().isPresent()) {
                return true; // Its agent runs already.
            }
            List<Request> busy = state.requests().values().stream()
                    .filter(other -> other.stage() == Stage.EXECUTING)
                    .toList();
            boolean alone = request.plan().alone()
                    || busy.stream().anyMatch(other -> other.plan().alone());
            String device = request.present().call().device();
            long sharing = busy.stream()
                    .filter(other -> other.present().call().device().equals(device))
                    .count();
            return (!alone || busy.isEmpty()) && sharing < request.present().limit();
        }

        private void send(Request request) {
            Optional<NodeId> to = request.next();
            if (to.isEmpty()) {
                otherwise(request, request.present().call().device() + ": no node is there that may use it");
                return;
            }
            Request sent = request.sentTo(to.get());
            state = state.with(sent);
            FenceCall call = sent.present().call();
            var id = new CallId(view, sent.id(), sent.attempt());
            effects.add(new Effect.Send(
                    to.get(),
                    new Message.FenceExecute(
                            view,
                            id.request(),
                            id.attempt(),
                            call,
                            request.continued()
                                    .filter(former -> former.executor().equals(to.get()))
                                    .map(Underway::id))));
            effects.add(new Effect.StartTimer(
                    new Timer.FenceAnswer(sent.id(), sent.attempt()),
                    call.timeout().multipliedBy(2).plus(BESIDES_THE_CALL)));
        }

        private void executed(Message.FenceExecuted outcome, boolean heard) {
            // An answer to a call that was given up, or to another request, proves nothing.
            Optional<Request> asked =
                    in(outcome.request(), Stage.EXECUTING).filter(request -> request.attempt() == outcome.attempt());
            if (asked.isEmpty()) {
                return;
            }
            Request request = asked.get();
            if (!outcome.succeeded()) {
                failed(request, outcome.reason());
                return;
            }
            effects.add(new Effect.StopTimer(new Timer.FenceAnswer(request.id(), request.attempt())));
            String text = request.present().call().device() + " from "
                    + request.executor().orElseThrow() + " in " + outcome.took().toMillis() + " ms"
                    + (outcome.reason().isEmpty() ? "" : "; " + outcome.reason());
            succeeded(request, text, heard);
        }

        private void succeeded(Request request, String text, boolean heard) {
            List<FencePlan.Attempt> calls =
                    request.plan().ways().get(request.way()).calls();
            if (request.call() + 1 < calls.size()) {
                wait(request.at(request.way(), request.call() + 1, 0, "").in(Stage.QUEUED));
                return;
            }
            boolean waits =
                    heard && !request.silent() && !request.plan().action().equals("on");
            if (waits) {
                state = state.with(request.saidDone(text));
                effects.add(new Effect.FenceSaid(
                        request.id(), request.plan().target(), request.plan().action(), text));
                effects.add(new Effect.StartTimer(new Timer.FenceSilence(request.id()), SILENCE));
            } else {
                ended(request.id(), request.plan(), true, text);
            }
        }

        private void silent(NodeId target) {
            List.copyOf(state.requests().values()).stream()
                    .filter(request -> request.plan().target().equals(target))
                    .forEach(request -> {
                        if (request.stage() == Stage.SILENCE) {
                            effects.add(new Effect.StopTimer(new Timer.FenceSilence(request.id())));
                            ended(request.id(), request.plan(), true, request.done());
                        } else {
                            state = state.with(request.quiet());
                        }
                    });
        }

        /** The agent has said yes, and the target goes on talking: whatever the device did, it did not do it to this host. */
        private void lied(Request request) {
            String device = request.present().call().device();
            NodeId executor = request.executor().orElseThrow();
            effects.add(new Effect.FenceLied(request.id(), request.plan().target(), device, executor));
            nextWay(request, device + " from " + executor + ": it says that it is done, and the node still answers");
        }

        private void failed(Request request, String why) {
            effects.add(new Effect.StopTimer(new Timer.FenceAnswer(request.id(), request.attempt())));
            String reason = request.present().call().device() + " from "
                    + request.executor().orElseThrow() + ": " + why;
            if (!request.present().needed()) {
                succeeded(request, "off, and does not come on: " + reason, false);
            } else if (request.tried() < request.tries()) {
                wait(request.at(request.way(), request.call(), request.tried(), reason)
                        .in(Stage.QUEUED));
            } else {
                otherwise(request, reason);
            }
        }

        private void otherwise(Request request, String reason) {
            if (request.present().needed()) {
                nextWay(request, reason);
            } else {
                succeeded(request, "off, and does not come on: " + reason, false);
            }
        }

        private void nextWay(Request request, String reason) {
            if (request.way() + 1 < request.plan().ways().size()) {
                wait(request.at(request.way() + 1, 0, 0, reason).in(Stage.QUEUED));
            } else {
                ended(request.id(), request.plan(), false, reason);
            }
        }

        private void ended(long id, FencePlan plan, boolean succeeded, String text) {
            state = state.without(id);
            effects.add(new Effect.FenceEnded(id, plan.target(), plan.action(), succeeded, text));
        }
    }
}
