package org.ringfence.controller;

import java.util.List;
import java.util.Optional;
import org.ringfence.controller.dc.Carrying;
import org.ringfence.controller.dc.DcDraft;
import org.ringfence.controller.dc.Decision;
import org.ringfence.controller.dc.Desk;
import org.ringfence.controller.dc.FencingDuty;
import org.ringfence.controller.dc.FencingOutcome;
import org.ringfence.controller.dc.Gathering;
import org.ringfence.controller.dc.ProvingDuty;
import org.ringfence.controller.dc.WatchdogWait;
import org.ringfence.controller.fencing.FenceExecutor;
import org.ringfence.controller.fencing.FenceProbing;
import org.ringfence.controller.history.HistoryEntry.Kind;
import org.ringfence.controller.membership.MembershipState.Phase;
import org.ringfence.controller.membership.View;
import org.ringfence.controller.message.Message;
import org.ringfence.controller.request.Caller;
import org.ringfence.controller.request.Request;
import org.ringfence.controller.resources.Resources;
import org.ringfence.model.status.OperationRecord;

/** Which machine takes which event, message and inner effect. */
final class Routes {
    private Routes() {}

    static void event(Turn turn, Event event) {
        switch (event) {
            case Event.Started started -> {
                started.configuration().ifPresent(turn::held);
                // Zero is for those who do not say.
                turn.lives().put(turn.self(), turn.chance() | 1);
                turn.facts(turn.facts().merged(started.facts()));
            }
            case Event.PeerReachable reached -> turn.slow().remove(reached.peer());
            case Event.PeerUnreachable lost -> {
                turn.slow().remove(lost.peer());
                turn.tell(
                        Kind.FAULT_NOTICED,
                        lost.peer().name(),
                        Words.silence(lost.why()),
                        "silence",
                        lost.why().name());
                turn.dc().ifPresent(dc -> FencingDuty.silent(turn, dc, lost.peer()));
            }
            case Event.PeerSlow slow -> slow(turn, slow);
            case Event.Received received -> received(turn, received);
            case Event.Saved saved -> Disk.saved(turn, saved.document());
            case Event.SaveFailed failed -> Disk.failed(turn, failed.document(), failed.why());
            case Event.TimerFired fired -> timer(turn, fired.timer());
            case Event.AgentFinished finished ->
                turn.resources(Resources.step(turn.resources(), new Resources.Event.Finished(finished.result())));
            case Event.ProcessesEnded ended -> {
                turn.resources(Resources.step(turn.resources(), new Resources.Event.ProcessesEnded(ended.resource())));
            }
            case Event.FenceAgentFinished finished -> {
                turn.executor(FenceExecutor.finished(turn.executor(), finished.result()));
                turn.probing(FenceProbing.finished(turn.probing(), finished.result()));
            }
            case Event.GuardReported reported -> Guarding.reported(turn, reported);
            case Event.Requested requested -> Desk.requested(turn, turn.dc(), requested);
            case Event.LeaveRequested leave -> leave(turn);
        }
    }

    private static void slow(Turn turn, Event.PeerSlow slow) {
        boolean changed =
                slow.slow() ? turn.slow().add(slow.peer()) : turn.slow().remove(slow.peer());
        if (changed) {
            turn.tell(
                    Kind.NODE_SLOW,
                    slow.peer().name(),
                    slow.slow() ? "its host answers, its daemon is late" : "its daemon answers again");
        }
    }

    private static void leave(Turn turn) {
        turn.leaving(true);
        // Between views nobody could say that it may go; it asks in each view that comes.
        turn.view().ifPresent(view -> askToLeave(turn, view));
    }

    static void askToLeave(Turn turn, View view) {
        var ask = new Request.PrepareLeave(turn.self().name());
        turn.send(view.dc(), new Message.Forward(view.number(), 0, Caller.CLUSTER, ask));
    }

    private static void timer(Turn turn, Timer timer) {
        switch (timer) {
            case Timer.Propose propose -> {}
            case Timer.Answers answers -> {}
            case Timer.Installation installation -> {}
            case Timer.Joins joins -> turn.dc().ifPresent(dc -> Gathering.joinsAreDue(turn, dc, joins.view()));
            case Timer.StartupGrace grace -> turn.dc().ifPresent(dc -> Decision.graceIsOver(turn, dc));
            case Timer.Recheck recheck -> turn.dc().ifPresent(dc -> Decision.lookAgain(turn, dc));
            case Timer.FenceRetry retry -> turn.dc().ifPresent(dc -> FencingDuty.retry(turn, dc, retry.target()));
            case Timer.FenceDelay delay ->
                turn.dc().ifPresent(dc -> FencingDuty.delayIsOver(turn, dc, delay.request()));
            case Timer.FenceAnswer answer -> turn.dc().ifPresent(dc -> FencingDuty.overdue(turn, dc, answer));
            case Timer.FenceSilence silence ->
                turn.dc().ifPresent(dc -> FencingDuty.stillHeard(turn, dc, silence.request()));
            case Timer.FenceProbeAnswer answer ->
                turn.dc().ifPresent(dc -> ProvingDuty.overdue(turn, dc, answer.probe()));
            case Timer.ActionAnswer answer -> turn.dc().ifPresent(dc -> Carrying.actionOverdue(turn, dc, answer));
            case Timer.WatchdogWait wait -> turn.dc().ifPresent(dc -> WatchdogWait.isOver(turn, dc, wait));
            case Timer.LeaseQuestion question -> Guarding.ask(turn);
            case Timer.Monitor monitor ->
                turn.resources(Resources.step(turn.resources(), new Resources.Event.MonitorDue(monitor)));
        }
    }

    private static void received(Turn turn, Event.Received received) {
        if (received.message() instanceof Message.Answered answered
                && turn.handedOn().has(answered.request())) {
            // What was done was done, whether or not this node has left the view meanwhile.
            turn.handedOn(turn.handedOn().without(answered.request()));
            turn.emit(new Effect.Reply(answered.request(), answered.answer()));
            return;
        }
        if (!(received.message() instanceof Message.Within message)) {
            return;
        }
        boolean promised = turn.membership().phase() instanceof Phase.Promised promise
                && promise.ballot().equals(message.view());
        if (promised) {
            Controller.keepEarly(turn, received);
            return;
        }
        if (turn.view().isEmpty() || !turn.view().get().number().equals(message.view())) {
            return;
        }
        within(turn, turn.view().get(), received, message);
    }

    private static void within(Turn turn, View view, Event.Received received, Message.Within message) {
        Optional<DcDraft> dc = turn.dc();
        switch (message) {
            case Message.Join join -> Knowledge.joined(turn, received.from(), join);
            case Message.Leave leave -> dc.ifPresent(duty -> Decision.left(turn, duty, received.from()));
            case Message.Fetch fetch ->
                turn.held().ifPresent(held -> turn.send(received.from(), new Message.Fetched(view.number(), held)));
            case Message.Fetched fetched -> dc.ifPresent(duty -> Gathering.fetched(turn, duty, fetched));
            case Message.Prepare prepare -> Disk.prepare(turn, view, prepare);
            case Message.Prepared prepared ->
                dc.ifPresent(duty -> Gathering.prepared(turn, duty, received.from(), prepared));
            case Message.ProposeFact proposed ->
                dc.ifPresent(duty -> {
                    Decision.fact(turn, duty, proposed.key(), proposed.value());
                    duty.lookAgain();
                });
            case Message.FactsChanged changed -> Knowledge.facts(turn, changed.facts(), changed.known());
            case Message.Execute execute ->
                turn.resources(Resources.step(
                        turn.resources(),
                        new Resources.Event.Execute(execute.action(), execute.transitionKey(), execute.asked())));
            case Message.Result result -> {
                Knowledge.result(turn, received.from(), result);
                dc.ifPresent(duty -> Carrying.result(turn, duty, received.from(), result));
            }
            case Message.FenceExecute execute ->
                turn.executor(FenceExecutor.asked(turn.executor(), received.from(), execute));
            case Message.FenceExecuted executed -> dc.ifPresent(duty -> FencingDuty.executed(turn, duty, executed));
            case Message.FenceProbe probe -> turn.probing(FenceProbing.asked(turn.probing(), received.from(), probe));
            case Message.FenceProbed probed -> dc.ifPresent(duty -> ProvingDuty.probed(turn, duty, probed));
            case Message.LeaseQuestion question -> Guarding.asked(turn, received.from(), question);
            case Message.LeaseAnswer answer -> Guarding.answered(turn, received.from(), answer);
            case Message.StopYourself stop -> Guarding.stop(turn, stop.why());
            case Message.Forward forward -> dc.ifPresent(duty -> Desk.forwarded(turn, duty, received.from(), forward));
            case Message.Answered answered -> mayLeave(turn, answered);
            case Message.Told told -> turn.emit(new Effect.Tell(told.entry()));
        }
    }

    private static void mayLeave(Turn turn, Message.Answered answered) {
        if (answered.request() == 0 && turn.leaving()) {
            Guarding.leave(turn);
        }
    }

    /** What one machine of this node wants of another. */
    static void within(Turn turn, Effect.Within effect) {
        switch (effect) {
            case Effect.Begin begin -> turn.dc().ifPresent(dc -> Carrying.begin(turn, dc, begin));
            case Effect.TransitionEnded ended -> turn.dc().ifPresent(dc -> Carrying.transitionEnded(turn, dc, ended));
            case Effect.FenceEnded ended -> turn.dc().ifPresent(dc -> FencingOutcome.ended(turn, dc, ended));
            case Effect.FenceSaid said -> turn.dc().ifPresent(dc -> FencingOutcome.said(turn, dc, said));
            case Effect.FenceLied lied -> turn.dc().ifPresent(dc -> FencingOutcome.lied(turn, dc, lied));
            case Effect.FenceProbeEnded ended -> turn.send(ended.asker(), ended.found());
            case Effect.OperationEnded ended -> operationEnded(turn, ended);
            case Effect.FenceCallEnded ended -> turn.send(ended.asker(), ended.outcome());
        }
    }

    private static void operationEnded(Turn turn, Effect.OperationEnded ended) {
        OperationRecord operation = ended.operation();
        boolean byAgent = switch (operation.operation()) {
            case "monitor", "cancel", "delete", "forget-failure" -> false;
            default -> true;
        };
        if (byAgent) {
            turn.tell(
                    Kind.ACTION_ENDED,
                    ended.resource(),
                    operation.operation() + " " + ended.resource() + " on " + turn.self() + ": "
                            + Words.outcome(operation) + " in "
                            + operation.executionTime().toMillis() + " ms",
                    "operation",
                    operation.operation(),
                    "target",
                    turn.self().name(),
                    "result",
                    Words.outcome(operation),
                    "took_ms",
                    Long.toString(operation.executionTime().toMillis()));
        }
        turn.view().ifPresent(view -> {
            var result = new Message.Result(view.number(), ended.resource(), ended.agent(), operation, ended.asked());
            turn.broadcast(result);
        });
    }

    static List<String> names(View view) {
        return view.members().stream().map(Object::toString).toList();
    }
}
