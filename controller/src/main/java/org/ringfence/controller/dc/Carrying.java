package org.ringfence.controller.dc;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.ringfence.controller.Effect;
import org.ringfence.controller.Outcomes;
import org.ringfence.controller.Step;
import org.ringfence.controller.Timer;
import org.ringfence.controller.Turn;
import org.ringfence.controller.Words;
import org.ringfence.controller.history.HistoryEntry.Kind;
import org.ringfence.controller.interlock.Permitted;
import org.ringfence.controller.membership.View;
import org.ringfence.controller.message.Message;
import org.ringfence.controller.transition.Transition;
import org.ringfence.controller.transition.TransitionState;
import org.ringfence.model.NodeId;
import org.ringfence.model.graph.GraphAction;
import org.ringfence.model.graph.GraphAction.ClusterAction;
import org.ringfence.model.graph.GraphAction.ResourceAction;
import org.ringfence.model.graph.Synapse;

/**
 * Carries out the actions of a transition: sends operations to their nodes, has nodes fenced, forgets failures. Whatever the graph
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

    static void ended(Turn turn, DcDraft dc, long transition, int action, boolean expected, String why) {
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
        return dc.cib.filter(cib -> Decision.interlock(turn, cib).isClosed()).isEmpty();
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
            case "stonith" -> FencingDuty.fence(turn, dc, action);
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
