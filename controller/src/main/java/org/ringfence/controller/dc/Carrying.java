package org.ringfence.controller.dc;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.ringfence.controller.Effect;
import org.ringfence.controller.Outcomes;
import org.ringfence.controller.Step;
import org.ringfence.controller.Timer;
import org.ringfence.controller.Turn;
import org.ringfence.controller.Words;
import org.ringfence.controller.facts.Fact;
import org.ringfence.controller.fencing.FencePlan;
import org.ringfence.controller.fencing.Fencing;
import org.ringfence.controller.fencing.FencingState;
import org.ringfence.controller.history.HistoryEntry.Kind;
import org.ringfence.controller.interlock.Interlock;
import org.ringfence.controller.interlock.Permitted;
import org.ringfence.controller.membership.View;
import org.ringfence.controller.message.Message;
import org.ringfence.controller.request.Answer;
import org.ringfence.controller.transition.Transition;
import org.ringfence.controller.transition.TransitionState;
import org.ringfence.model.NodeId;
import org.ringfence.model.graph.GraphAction;
import org.ringfence.model.graph.GraphAction.ClusterAction;
import org.ringfence.model.graph.GraphAction.ResourceAction;
import org.ringfence.model.graph.Synapse;
import org.ringfence.model.problem.Place;
import org.ringfence.model.problem.Problem;

/**
 * Carries out the actions of a transition: sends operations to their nodes, fences, forgets failures. Whatever the graph
 * says, nothing that starts a resource begins while a lost node is not fenced; it is held until then.
 */
public final class Carrying {
    /** On top of an operation's own timeout, for the way there and back and for waiting its turn. */
    private static final Duration BESIDES_THE_OPERATION = Duration.ofSeconds(60);

    private Carrying() {}

    static void take(Turn turn, DcDraft dc, Step<TransitionState> step) {
        dc.transition = step.state();
        turn.emit(step.effects());
    }

    private static void ended(Turn turn, DcDraft dc, long transition, int action, boolean expected, String why) {
        take(turn, dc, Transition.step(dc.transition, new Transition.Event.Ended(transition, action, expected, why)));
    }

    /** Begins nothing more of the transition; what is held has not begun and never will. */
    static void giveUp(Turn turn, DcDraft dc, String why) {
        List<DcState.Held> held = List.copyOf(dc.held);
        dc.held.clear();
        take(turn, dc, Transition.step(dc.transition, new Transition.Event.Abort(why)));
        held.forEach(one -> ended(turn, dc, one.transition(), one.action().id(), false, "not begun: " + why));
    }

    public static void begin(Turn turn, DcDraft dc, Effect.Begin begin) {
        switch (begin.action()) {
            case ResourceAction action -> {
                boolean waits =
                        Permitted.starts(action) && !Decision.unsafe(turn, dc).isEmpty() && fencingIsOn(turn, dc);
                if (waits) {
                    dc.held.add(new DcState.Held(begin.transition(), action));
                } else {
                    execute(turn, dc, begin.transition(), action);
                }
            }
            case ClusterAction action -> carryOut(turn, dc, begin.transition(), action);
            case GraphAction.PseudoAction point -> throw new IllegalStateException("nothing to begin: " + point);
        }
    }

    /** While the interlock is closed only what is waived comes here, and that does not wait for a fencing that cannot be. */
    private static boolean fencingIsOn(Turn turn, DcDraft dc) {
        return dc.cib.filter(cib -> Interlock.of(cib, turn.now()).isClosed()).isEmpty();
    }

    private static void execute(Turn turn, DcDraft dc, long transition, ResourceAction action) {
        View view = turn.view().orElseThrow();
        NodeId node = action.router().orElse(action.node());
        if (!view.has(node)) {
            ended(turn, dc, transition, action.id(), false, node + " is not a member");
            return;
        }
        String expected = action.attributes().getOrDefault("CRM_meta_op_target_rc", "0");
        String key = action.id() + ":" + transition + ":" + expected + ":" + view.dc();
        if (!Outcomes.isRoutine(action)) {
            turn.tell(
                    Kind.ACTION_BEGUN,
                    action.resource().instance(),
                    action.operation() + " " + action.resource().instance() + " on " + node,
                    "operation",
                    action.operation(),
                    "target",
                    node.name());
        }
        turn.send(node, new Message.Execute(dc.view, new Message.Asked(dc.view, transition, action.id()), key, action));
        turn.emit(new Effect.StartTimer(new Timer.ActionAnswer(transition, action.id()), answerWithin(action)));
    }

    private static Duration answerWithin(ResourceAction action) {
        long timeout = Long.parseLong(action.attributes().getOrDefault("CRM_meta_timeout", "20000"));
        return Duration.ofMillis(timeout).plus(BESIDES_THE_OPERATION);
    }

    private static void carryOut(Turn turn, DcDraft dc, long transition, ClusterAction action) {
        switch (action.operation()) {
            case "stonith" -> fence(turn, dc, action);
            case "clear_failcount" -> {
                action.resource().ifPresent(resource -> FailCounts.clear(turn, dc, action.node(), resource.instance()));
                ended(turn, dc, transition, action.id(), true, "");
            }
            case "do_shutdown" -> {
                if (!isProbed(dc, action.node())) {
                    Desk.mayLeave(turn, dc, action.node());
                }
                ended(turn, dc, transition, action.id(), true, "");
            }
            default -> ended(turn, dc, transition, action.id(), true, "");
        }
    }

    public static void result(Turn turn, DcDraft dc, NodeId from, Message.Result result) {
        FailCounts.note(turn, dc, from, result);
        boolean failed = Outcomes.failed(result.operation());
        Optional<Message.Asked> asked = result.asked()
                .filter(which -> which.view().equals(dc.view)
                        && which.transition() == dc.transition.id()
                        && dc.transition.running().contains(which.action()));
        if (asked.isEmpty()) {
            dc.again = true;
            return;
        }
        turn.emit(new Effect.StopTimer(
                new Timer.ActionAnswer(asked.get().transition(), asked.get().action())));
        String why = result.resource() + " " + result.operation().operation() + " on " + from + ": "
                + Words.outcome(result.operation());
        ended(turn, dc, asked.get().transition(), asked.get().action(), !failed, why);
    }

    public static void actionOverdue(Turn turn, DcDraft dc, Timer.ActionAnswer timer) {
        if (dc.transition.id() == timer.transition() && dc.transition.running().contains(timer.action())) {
            turn.tell(Kind.PROBLEM, "", "action " + timer.action() + " was not answered in time");
            ended(turn, dc, timer.transition(), timer.action(), false, "its node did not answer in time");
        }
    }

    public static void transitionEnded(Turn turn, DcDraft dc, Effect.TransitionEnded ended) {
        turn.tell(
                Kind.TRANSITION_ENDED,
                Long.toString(ended.transition()),
                ended.complete() ? "complete" : "ended early: " + ended.why(),
                "transition",
                Long.toString(ended.transition()),
                "complete",
                Boolean.toString(ended.complete()));
        dc.held.clear();
        Decision.transitionEnded(turn, dc, ended.complete());
    }

    /**
     * Whether this transition finds out what runs on a node. A daemon that has just started knows nothing of what its former
     * life has left running; the node leaves by a later transition, which knows and stops it first.
     */
    private static boolean isProbed(DcDraft dc, NodeId node) {
        return dc.transition.graph().synapses().stream()
                .map(Synapse::action)
                .anyMatch(action -> action instanceof ResourceAction probe
                        && probe.node().equals(node)
                        && probe.operation().equals("monitor")
                        && probe.attributes()
                                .getOrDefault("CRM_meta_interval", "0")
                                .equals("0"));
    }

    private static void fence(Turn turn, DcDraft dc, ClusterAction action) {
        NodeId target = action.node();
        DcState.Retry retry = dc.retries.get(target);
        if (retry != null && retry.waits()) {
            // The timer that runs already begins it.
            addAction(dc, target, action.id());
            return;
        }
        addAction(dc, target, action.id());
        String how = action.attributes().getOrDefault("stonith_action", "reboot");
        askForFencing(turn, dc, target, how, "the cluster does not know what it does");
    }

    private static void addAction(DcDraft dc, NodeId target, int action) {
        change(dc, target, purpose -> {
            List<Integer> actions = new ArrayList<>(purpose.actions());
            actions.add(action);
            return new DcState.FencePurpose(target, actions, purpose.askers());
        });
    }

    static void addAsker(DcDraft dc, NodeId target, Asker asker) {
        change(dc, target, purpose -> {
            List<Asker> askers = new ArrayList<>(purpose.askers());
            askers.add(asker);
            return new DcState.FencePurpose(target, purpose.actions(), askers);
        });
    }

    private static void change(
            DcDraft dc, NodeId target, java.util.function.UnaryOperator<DcState.FencePurpose> change) {
        long key = dc.fences.entrySet().stream()
                .filter(entry -> entry.getValue().target().equals(target))
                .map(java.util.Map.Entry::getKey)
                .findFirst()
                .orElseGet(dc::number);
        DcState.FencePurpose old = dc.fences.getOrDefault(key, new DcState.FencePurpose(target, List.of(), List.of()));
        dc.fences.put(key, change.apply(old));
    }

    /** One request against a node at a time; whoever asks meanwhile shares its outcome. */
    static void askForFencing(Turn turn, DcDraft dc, NodeId target, String how, String why) {
        if (dc.fencing.isFencing(target)) {
            return;
        }
        long request = dc.fences.entrySet().stream()
                .filter(entry -> entry.getValue().target().equals(target))
                .map(java.util.Map.Entry::getKey)
                .findFirst()
                .orElseThrow();
        turn.tell(Kind.FENCE_ASKED, target.name(), how + ": " + why);
        FencePlan plan = FencePlan.of(dc.cib.orElseThrow(), target, how);
        takeFencing(turn, dc, new Fencing.Event.Ask(request, plan, why, candidates(turn, target)));
    }

    /** The DC itself first, as nothing has to travel; then the others by name; never the target. */
    private static List<NodeId> candidates(Turn turn, NodeId target) {
        List<NodeId> candidates = new ArrayList<>();
        candidates.add(turn.self());
        turn.view()
                .ifPresent(view -> view.members().stream()
                        .filter(member -> !member.equals(turn.self()))
                        .filter(member -> !Decision.isFenced(turn, member))
                        .forEach(candidates::add));
        candidates.remove(target);
        return candidates;
    }

    private static void takeFencing(Turn turn, DcDraft dc, Fencing.Event event) {
        Step<FencingState> step = Fencing.step(dc.fencing, dc.view, event);
        dc.fencing = step.state();
        for (Effect effect : step.effects()) {
            if (effect instanceof Effect.Send(NodeId to, Message.FenceExecute execute)) {
                turn.tell(
                        Kind.FENCE_ATTEMPTED,
                        execute.call().target().name(),
                        execute.call().command() + " with " + execute.call().device() + " from " + to);
            }
        }
        turn.emit(step.effects());
    }

    public static void fenceDelayIsOver(Turn turn, DcDraft dc, long request) {
        takeFencing(turn, dc, new Fencing.Event.DelayIsOver(request));
    }

    public static void fenceOverdue(Turn turn, DcDraft dc, Timer.FenceAnswer timer) {
        takeFencing(turn, dc, new Fencing.Event.Overdue(timer.request(), timer.attempt()));
    }

    public static void fenceExecuted(Turn turn, DcDraft dc, Message.FenceExecuted executed) {
        if (!executed.succeeded()) {
            FencingState.Request request = dc.fencing.requests().get(executed.request());
            String target = request == null ? "" : request.plan().target().name();
            turn.tell(Kind.FENCE_FAILED, target, executed.reason());
        }
        takeFencing(turn, dc, new Fencing.Event.Executed(executed));
    }

    public static void fenceEnded(Turn turn, DcDraft dc, Effect.FenceEnded ended) {
        DcState.FencePurpose purpose = dc.fences.remove(ended.request());
        NodeId target = ended.target();
        Decision.fact(
                turn,
                dc,
                new Fact.Key(Fact.Kind.FENCING, target.name(), ""),
                Optional.of(turn.now() + " " + ended.action() + " " + (ended.succeeded() ? "confirmed" : "failed") + " "
                        + ended.text()));
        if (ended.succeeded()) {
            turn.tell(Kind.FENCE_CONFIRMED, target.name(), ended.action() + " by " + ended.text());
            if (!ended.action().equals("on")) {
                Decision.fenced(turn, dc, target);
            }
        } else {
            turn.tell(Kind.FENCE_FAILED, target.name(), "every way was tried; the last: " + ended.text());
            int failures =
                    dc.retries.getOrDefault(target, new DcState.Retry(0, false)).failures() + 1;
            var retry = new DcState.Retry(failures, true);
            dc.retries.put(target, retry);
            turn.emit(new Effect.StartTimer(new Timer.FenceRetry(target), retry.delay()));
        }
        if (purpose != null) {
            purpose.askers().forEach(asker -> Desk.answer(turn, dc, asker, answer(ended)));
            for (int action : purpose.actions()) {
                ended(turn, dc, dc.transition.id(), action, ended.succeeded(), "fencing " + target + " failed");
            }
        }
        releaseHeld(turn, dc);
        dc.again |= !ended.succeeded() || purpose == null || purpose.actions().isEmpty();
    }

    private static Answer answer(Effect.FenceEnded ended) {
        if (ended.succeeded()) {
            return new Answer.Done(ended.target() + " was fenced (" + ended.action() + "), " + ended.text(), List.of());
        }
        var problem = Problem.error(
                Place.NONE,
                "node " + ended.target(),
                "could not be fenced: " + ended.text(),
                "see 'ringfence status' for the device; confirm by hand with 'ringfence fence confirm' only when it is"
                        + " off");
        return new Answer.NotDone("not fenced", List.of(problem));
    }

    public static void retryFencing(Turn turn, DcDraft dc, NodeId target) {
        DcState.Retry retry = dc.retries.get(target);
        if (retry == null) {
            return;
        }
        dc.retries.put(target, new DcState.Retry(retry.failures(), false));
        boolean wanted =
                dc.fences.values().stream().anyMatch(purpose -> purpose.target().equals(target));
        if (wanted) {
            askForFencing(turn, dc, target, "reboot", "try " + (retry.failures() + 1));
        } else {
            dc.again = true;
        }
    }

    /** What waited for a lost node goes on once none is left. */
    static void releaseHeld(Turn turn, DcDraft dc) {
        if (dc.held.isEmpty() || !Decision.unsafe(turn, dc).isEmpty()) {
            return;
        }
        List<DcState.Held> held = List.copyOf(dc.held);
        dc.held.clear();
        held.forEach(one -> begin(turn, dc, new Effect.Begin(one.transition(), one.action())));
    }
}
