package org.ringfence.controller.dc;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.ringfence.controller.Effect;
import org.ringfence.controller.Step;
import org.ringfence.controller.Timer;
import org.ringfence.controller.Turn;
import org.ringfence.controller.facts.Fact;
import org.ringfence.controller.facts.FactsState;
import org.ringfence.controller.fencing.CallId;
import org.ringfence.controller.fencing.DeviceTrust;
import org.ringfence.controller.fencing.Executors;
import org.ringfence.controller.fencing.FenceDelay;
import org.ringfence.controller.fencing.FenceDevice;
import org.ringfence.controller.fencing.FenceLoop;
import org.ringfence.controller.fencing.FencePlan;
import org.ringfence.controller.fencing.Fencing;
import org.ringfence.controller.fencing.FencingLog;
import org.ringfence.controller.fencing.FencingState;
import org.ringfence.controller.fencing.Underway;
import org.ringfence.controller.history.HistoryEntry.Kind;
import org.ringfence.controller.membership.Quorum;
import org.ringfence.controller.membership.View;
import org.ringfence.controller.message.Message;
import org.ringfence.controller.request.Answer;
import org.ringfence.controller.selffencing.SelfFencing;
import org.ringfence.model.NodeId;
import org.ringfence.model.cib.Cib;
import org.ringfence.model.graph.GraphAction.ClusterAction;

/**
 * The DC's part in fencing: who wants a node fenced, by what it is to be done, and which node is asked. What is asked of a node
 * is a fact first, so that the next DC knows it. How it ends is for {@link FencingOutcome}.
 */
public final class FencingDuty {
    private FencingDuty() {}

    /** For an action of the transition. */
    static void fence(Turn turn, DcDraft dc, ClusterAction action) {
        NodeId target = action.node();
        String how = action.attributes().getOrDefault("CRM_meta_stonith_action", "reboot");
        String why = "the cluster does not know what it does";
        boolean unfences = how.equals("on");
        change(dc, target, how, unfences ? "it needs its access" : why, purpose -> purpose.withAction(action.id()));
        DcState.Retry retry = dc.retries.get(target);
        // While the timer of a former failure runs, that begins it.
        if (retry == null || !retry.waits()) {
            ask(turn, dc, target, unfences);
        }
    }

    /** For somebody who has asked by hand. */
    static void fence(Turn turn, DcDraft dc, NodeId target, String how, String why, Asker asker) {
        change(dc, target, how, why, purpose -> purpose.withAsker(asker));
        Decision.fact(turn, dc, wanted(target, how), Optional.of(why));
        ask(turn, dc, target, how.equals("on"));
    }

    private static Fact.Key wanted(NodeId target, String how) {
        return new Fact.Key(Fact.Kind.FENCING_WANTED, target.name(), how);
    }

    /** Takes up what a former DC was asked for by hand and has not brought to an end. */
    static void takeUp(Turn turn, DcDraft dc) {
        for (Fact fact : List.copyOf(turn.facts().facts().values())) {
            if (fact.key().kind() != Fact.Kind.FENCING_WANTED || fact.value().isEmpty()) {
                continue;
            }
            var target = new NodeId(fact.key().node());
            String how = fact.key().name();
            if (!how.equals("on") && Decision.isFenced(turn, target)) {
                Decision.fact(turn, dc, fact.key(), Optional.empty());
            } else if (turn.view().map(View::quorate).orElse(false)) {
                change(dc, target, how, fact.value().get(), UnaryOperator.identity());
                ask(turn, dc, target, how.equals("on"));
            }
        }
        stoppedItself(turn, dc);
    }

    /** Who asked for a node that was then told to stop itself, and is a member again: nothing is under way for that any more. */
    private static void stoppedItself(Turn turn, DcDraft dc) {
        View view = turn.view().orElseThrow();
        for (Map.Entry<Long, DcState.FencePurpose> entry : List.copyOf(dc.fences.entrySet())) {
            DcState.FencePurpose purpose = entry.getValue();
            NodeId target = purpose.target();
            Fact.Key wish = wanted(target, purpose.how());
            boolean wished =
                    turn.facts().value(wish.kind(), wish.node(), wish.name()).isPresent();
            boolean underWay = dc.fencing.isUnderWay(target, true) || dc.fencing.isUnderWay(target, false);
            if (!wished && !underWay && purpose.actions().isEmpty() && view.has(target)) {
                dc.fences.remove(entry.getKey());
                purpose.askers()
                        .forEach(asker -> Desk.answer(
                                turn,
                                dc,
                                asker,
                                new Answer.Done(target + " was told to stop itself and is a member again", List.of())));
            }
        }
    }

    static Optional<Map.Entry<Long, DcState.FencePurpose>> purpose(DcDraft dc, NodeId target, boolean on) {
        return dc.fences.entrySet().stream()
                .filter(entry -> entry.getValue().target().equals(target))
                .filter(entry -> entry.getValue().how().equals("on") == on)
                .findFirst();
    }

    /** What switches a node on is another thing than what switches it off, and never satisfied by it. */
    private static void change(
            DcDraft dc, NodeId target, String how, String why, UnaryOperator<DcState.FencePurpose> change) {
        long key = purpose(dc, target, how.equals("on")).map(Map.Entry::getKey).orElseGet(dc::number);
        DcState.FencePurpose old =
                dc.fences.getOrDefault(key, new DcState.FencePurpose(target, how, why, List.of(), List.of()));
        dc.fences.put(key, change.apply(old));
    }

    /** One request of a kind against a node at a time; whoever asks meanwhile shares its outcome. */
    static void ask(Turn turn, DcDraft dc, NodeId target, boolean on) {
        // Who is being switched off is not switched on beside it, nor the other way round: one after the other.
        if (dc.fencing.isUnderWay(target, true) || dc.fencing.isUnderWay(target, false)) {
            return;
        }
        Map.Entry<Long, DcState.FencePurpose> asked = purpose(dc, target, on).orElseThrow();
        DcState.FencePurpose purpose = asked.getValue();
        Cib cib = dc.cib.orElseThrow();
        boolean unfences = on && !purpose.actions().isEmpty();
        FencePlan plan = plan(turn, cib, target, purpose.how(), unfences);
        if (SelfFencing.isWanted(cib) && !on) {
            SelfFencing.shortfall(cib, turn.facts(), turn.settings().quorum(), target)
                    .ifPresent(lacking -> turn.tell(
                            Kind.PROBLEM, target.name(), "its watchdog does not count as fencing: " + lacking));
        }
        int round = Optional.ofNullable(dc.retries.get(target))
                .map(DcState.Retry::failures)
                .orElse(0);
        FenceDelay delay = FenceDelay.of(cib, plan, sides(turn), turn.chance());
        boolean holdsBack = round == 0 && !target.equals(turn.self());
        FencePlan timed = holdsBack ? plan.after(delay.whole()) : plan;
        turn.tell(
                Kind.FENCE_ASKED,
                target.name(),
                plan.action() + ": " + purpose.why() + (round == 0 ? "" : ", try " + (round + 1))
                        + (timed.delay().isZero() ? "" : ", " + delay));
        take(
                turn,
                dc,
                new Fencing.Event.Ask(
                        asked.getKey(),
                        timed,
                        purpose.why(),
                        round,
                        candidates(turn, cib, plan, unfences),
                        round == 0 ? continued(turn, dc, target, on) : Optional.empty()));
    }

    /** The plan that would be followed now. */
    static FencePlan plan(Turn turn, Cib cib, NodeId target, String how, boolean unfences) {
        if (unfences) {
            return FencePlan.unfencing(cib, target);
        }
        boolean staysOff = how.equals("reboot") && FenceLoop.isOneTooMany(turn.facts(), cib, target, turn.now());
        String action = staysOff ? "off" : how;
        FactsState facts = turn.facts();
        Quorum quorum = turn.settings().quorum();
        return FencePlan.of(cib, target, action, DeviceTrust.against(facts, target))
                .withSelfFencing(
                        SelfFencing.isWatchingDisks(facts, target),
                        SelfFencing.call(cib, facts, quorum, target, action));
    }

    static FenceDelay.Sides sides(Turn turn) {
        List<NodeId> members = turn.view().map(View::members).orElse(List.of());
        List<FencingLog.Entry> past =
                FencingLog.of(List.copyOf(turn.facts().facts().values()));
        return new FenceDelay.Sides(turn.settings().nodes(), members, turn.histories(), past);
    }

    /** Who may execute each call, best first. A node that gets its access does that itself. */
    static SortedMap<String, List<NodeId>> candidates(Turn turn, Cib cib, FencePlan plan, boolean unfences) {
        List<NodeId> able = turn.view().map(View::members).orElse(List.of()).stream()
                .filter(member -> member.equals(turn.self()) || !Decision.isFenced(turn, member))
                .toList();
        var executors = new Executors(able, turn.self(), turn.histories(), turn.facts());
        var candidates = new TreeMap<String, List<NodeId>>();
        plan.ways().stream().flatMap(way -> way.calls().stream()).forEach(attempt -> {
            String device = attempt.call().device();
            // Nothing is called where the watchdog is waited for: the DC waits.
            List<NodeId> who = SelfFencing.isWatchdog(attempt.call())
                    ? List.of(turn.self())
                    : executors.of(cib, device, plan.target());
            candidates.put(device, unfences ? List.of(plan.target()) : who);
        });
        return candidates;
    }

    private static Fact.Key underway(NodeId target, boolean on) {
        return new Fact.Key(Fact.Kind.FENCING_UNDERWAY, target.name(), on ? "on" : "off");
    }

    /**
     * What a former DC has asked for. Only of a target that is no member, and was none since: its power may have been cut before it
     * became one, and the answer to that would say nothing of what it has done from then on. Where nobody remembers the last
     * quorate view, the target may have been in it.
     */
    private static Optional<Underway> continued(Turn turn, DcDraft dc, NodeId target, boolean on) {
        boolean member = turn.view().map(view -> view.has(target)).orElse(true);
        return member || !Decision.knowsLastView(turn)
                ? Optional.empty()
                : Decision.sinceMember(turn, underway(target, on))
                        .flatMap(Underway::parse)
                        .filter(former -> !readsDisks(dc, former.device()));
    }

    /** A message that was written while the target was a member says nothing: it goes on as long as it is heard. */
    private static boolean readsDisks(DcDraft dc, String device) {
        return device(dc, device)
                .filter(found -> found.agent().equals(SelfFencing.DISK_AGENT))
                .isPresent();
    }

    static void take(Turn turn, DcDraft dc, Fencing.Event event) {
        Step<FencingState> step = Fencing.step(dc.fencing, dc.view, event);
        dc.fencing = step.state();
        for (Effect effect : step.effects()) {
            if (effect instanceof Effect.Send(NodeId to, Message.FenceExecute execute)) {
                if (SelfFencing.isWatchdog(execute.call())) {
                    WatchdogWait.begin(turn, dc, execute);
                    continue;
                }
                WatchdogWait.stopMember(turn, dc, execute.call());
                remember(turn, dc, to, execute);
                turn.tell(
                        Kind.FENCE_ATTEMPTED,
                        execute.call().target().name(),
                        execute.call().command() + " with " + execute.call().device() + " from " + to
                                + (execute.continues().isPresent() ? ", as the former DC asked" : ""));
            }
            turn.emit(effect);
        }
    }

    private static void remember(Turn turn, DcDraft dc, NodeId to, Message.FenceExecute execute) {
        FencingState.Request request = dc.fencing.requests().get(execute.request());
        // A message on shared disks proves what it does for the view in which it was written; another DC writes its
        // own.
        if (request == null || execute.call().agent().equals(SelfFencing.DISK_AGENT)) {
            return;
        }
        var id = new CallId(dc.view, execute.request(), execute.attempt());
        var under = new Underway(
                id,
                request.plan().action(),
                request.way(),
                request.call(),
                execute.call().device(),
                to);
        NodeId target = request.plan().target();
        Decision.fact(turn, dc, underway(target, request.plan().action().equals("on")), Optional.of(under.value()));
    }

    /** Nothing of it is under way or wanted any more. */
    static void forget(Turn turn, DcDraft dc, NodeId target, boolean on) {
        Decision.fact(turn, dc, underway(target, on), Optional.empty());
        FactsState facts = turn.facts();
        facts.of(Fact.Kind.FENCING_WANTED, target.name()).keySet().stream()
                .filter(how -> how.equals("on") == on)
                .forEach(how -> Decision.fact(turn, dc, wanted(target, how), Optional.empty()));
    }

    public static void delayIsOver(Turn turn, DcDraft dc, long request) {
        take(turn, dc, new Fencing.Event.DelayIsOver(request));
    }

    public static void overdue(Turn turn, DcDraft dc, Timer.FenceAnswer timer) {
        take(turn, dc, new Fencing.Event.Overdue(timer.request(), timer.attempt()));
    }

    public static void stillHeard(Turn turn, DcDraft dc, long request) {
        take(turn, dc, new Fencing.Event.StillHeard(request));
    }

    /** The engine does not hear a node any more. */
    public static void silent(Turn turn, DcDraft dc, NodeId node) {
        take(turn, dc, new Fencing.Event.Silent(node));
    }

    public static void executed(Turn turn, DcDraft dc, Message.FenceExecuted answer) {
        Message.FenceExecuted executed = WatchdogWait.counted(turn, dc, answer);
        FencingState.Request request = dc.fencing.requests().get(executed.request());
        if (!executed.succeeded()) {
            String target = request == null ? "" : request.plan().target().name();
            turn.tell(Kind.FENCE_FAILED, target, executed.reason());
        }
        // Who has been reset by its watchdog may well be heard again: that is no sign of a lie.
        boolean heard = request != null
                && !SelfFencing.isWatchdog(request.present().call())
                && turn.membership().reachable().contains(request.plan().target());
        take(turn, dc, new Fencing.Event.Executed(executed, heard));
    }

    public static void retry(Turn turn, DcDraft dc, NodeId target) {
        DcState.Retry retry = dc.retries.get(target);
        if (retry == null) {
            return;
        }
        dc.retries.put(target, new DcState.Retry(retry.failures(), false, Duration.ZERO));
        List<Boolean> wanted = new ArrayList<>();
        dc.fences.values().stream()
                .filter(purpose -> purpose.target().equals(target))
                .forEach(purpose -> wanted.add(purpose.how().equals("on")));
        wanted.forEach(on -> ask(turn, dc, target, on));
        dc.again |= wanted.isEmpty();
    }

    /** A device of the configuration in force, which this DC may not know yet. */
    static Optional<FenceDevice> device(DcDraft dc, String id) {
        return dc.cib.stream()
                .flatMap(cib -> FenceDevice.of(cib).stream())
                .filter(device -> device.id().equals(id))
                .findFirst();
    }
}
