package org.ringfence.controller.dc;

import java.time.Duration;
import java.util.Optional;
import org.ringfence.controller.Effect;
import org.ringfence.controller.Timer;
import org.ringfence.controller.Turn;
import org.ringfence.controller.fencing.FenceCall;
import org.ringfence.controller.fencing.FencingState;
import org.ringfence.controller.history.HistoryEntry.Kind;
import org.ringfence.controller.membership.View;
import org.ringfence.controller.message.Message;
import org.ringfence.controller.selffencing.SelfFencing;

/**
 * Fencing by what the target does itself. By its own watchdog: nothing is called, it is waited for. The waiting begins when this DC has installed a view
 * without the target, since no member answers a question of the target's any more then; a DC that comes after it waits anew, as it
 * does not know since when. A target that is still a member is told to stop itself, which ends this view; so the wait never ends
 * well while it is one.
 */
public final class WatchdogWait {
    private WatchdogWait() {}

    static void begin(Turn turn, DcDraft dc, Message.FenceExecute execute) {
        FenceCall call = execute.call();
        View view = turn.view().orElseThrow();
        Duration rest = call.timeout();
        if (view.has(call.target())) {
            turn.tell(Kind.FENCE_ATTEMPTED, call.target().name(), "it is told to stop itself by its watchdog");
            stop(turn, dc, view, call);
        } else {
            rest = rest.minusNanos(turn.elapsed() - turn.lease().viewSince());
            turn.tell(
                    Kind.FENCE_ATTEMPTED,
                    call.target().name(),
                    "its watchdog has had its time " + call.timeout().toMillis() + " ms after view " + view.number()
                            + ", which is without it: in "
                            + Math.max(0, rest.toMillis()) + " ms");
        }
        var timer = new Timer.WatchdogWait(dc.view, execute.request(), execute.attempt());
        turn.emit(new Effect.StartTimer(timer, rest.isNegative() ? Duration.ZERO : rest));
    }

    /**
     * A member that is to read a message on shared disks is told to stop itself as well. It may have lost its disks; then it goes on
     * as long as it is heard, and as a member it is.
     */
    static void stopMember(Turn turn, DcDraft dc, FenceCall call) {
        turn.view()
                .filter(view -> call.agent().equals(SelfFencing.DISK_AGENT) && view.has(call.target()))
                .ifPresent(view -> stop(turn, dc, view, call));
    }

    /**
     * Whoever wished it by hand has had the wish: a node that stops itself may be a member again before the wait is over, and would
     * be told to stop itself for ever. One that does not stop is lost in the next view, and fenced for that.
     */
    private static void stop(Turn turn, DcDraft dc, View view, FenceCall call) {
        FencingDuty.forget(turn, dc, call.target(), false);
        turn.send(call.target(), new Message.StopYourself(view.number(), "the cluster fences this node"));
    }

    /**
     * That a message was written and its time is over proves nothing while its target is a member, which is answered when it asks
     * whether it is heard. Without the target a new view begins, and with it a new request.
     */
    static Message.FenceExecuted counted(Turn turn, DcDraft dc, Message.FenceExecuted answer) {
        FencingState.Request request = dc.fencing.requests().get(answer.request());
        if (request == null) {
            return answer;
        }
        boolean proves = !answer.succeeded()
                || !request.present().call().agent().equals(SelfFencing.DISK_AGENT)
                || turn.view().filter(view -> view.has(request.plan().target())).isEmpty();
        return proves
                ? answer
                : new Message.FenceExecuted(
                        answer.view(),
                        answer.request(),
                        answer.attempt(),
                        false,
                        "the message is written, and " + request.plan().target() + " is still a member",
                        answer.took());
    }

    public static void isOver(Turn turn, DcDraft dc, Timer.WatchdogWait timer) {
        var request = dc.fencing.requests().get(timer.request());
        if (!dc.view.equals(timer.view()) || request == null) {
            return;
        }
        var target = request.plan().target();
        Optional<View> view = turn.view();
        boolean gone = view.isPresent() && !view.get().has(target);
        Duration waited = Duration.ofNanos(turn.elapsed() - turn.lease().viewSince());
        FencingDuty.executed(
                turn,
                dc,
                new Message.FenceExecuted(
                        dc.view,
                        timer.request(),
                        timer.attempt(),
                        gone,
                        gone ? "" : "it was told to stop itself and is still a member",
                        waited));
    }
}
