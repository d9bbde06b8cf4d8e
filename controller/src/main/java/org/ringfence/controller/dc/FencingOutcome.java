package org.ringfence.controller.dc;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.ringfence.controller.Effect;
import org.ringfence.controller.Timer;
import org.ringfence.controller.Turn;
import org.ringfence.controller.facts.Fact;
import org.ringfence.controller.fencing.DeviceTrust;
import org.ringfence.controller.fencing.FenceLoop;
import org.ringfence.controller.fencing.FencingLog;
import org.ringfence.controller.fencing.FencingProof;
import org.ringfence.controller.history.HistoryEntry.Kind;
import org.ringfence.controller.request.Answer;
import org.ringfence.model.NodeId;
import org.ringfence.model.cib.Cib;
import org.ringfence.model.graph.GraphAction;
import org.ringfence.model.graph.Synapse;
import org.ringfence.model.problem.Place;
import org.ringfence.model.problem.Problem;

/** What becomes of a fencing that has ended, and of one that was claimed and is not true. */
public final class FencingOutcome {
    private static final int MAX_ATTEMPTS = 10;
    private static final Duration LATER = Duration.ofMinutes(5);
    private static final List<String> UNFENCED = List.of("CRM_meta_digests_all", "CRM_meta_digests_secure");

    private FencingOutcome() {}

    public static void ended(Turn turn, DcDraft dc, Effect.FenceEnded ended) {
        DcState.FencePurpose purpose = dc.fences.remove(ended.request());
        NodeId target = ended.target();
        boolean on = ended.action().equals("on");
        String why = purpose == null ? "" : purpose.why();
        FencingDuty.forget(turn, dc, target, on);
        note(turn, dc, target, ended.action(), ended.succeeded(), why, ended.text());
        if (ended.succeeded()) {
            turn.tell(Kind.FENCE_CONFIRMED, target.name(), ended.action() + " by " + ended.text());
            dc.retries.remove(target);
            if (on) {
                unfenced(turn, dc, target, purpose);
            } else {
                breakLoop(turn, dc, target);
                Decision.fenced(turn, dc, target);
            }
        } else {
            failed(turn, dc, target, ended.text());
        }
        if (purpose != null) {
            purpose.askers().forEach(asker -> Desk.answer(turn, dc, asker, answer(ended)));
            for (int action : purpose.actions()) {
                Carrying.ended(
                        turn, dc, dc.transition.id(), action, ended.succeeded(), "fencing " + target + " failed");
            }
        }
        // What is to be switched on waited for its being switched off, or the other way round.
        DcState.Retry retry = dc.retries.get(target);
        if ((retry == null || !retry.waits())
                && FencingDuty.purpose(dc, target, !on).isPresent()) {
            FencingDuty.ask(turn, dc, target, !on);
        }
        Carrying.releaseHeld(turn, dc);
        dc.again |= !ended.succeeded() || purpose == null || purpose.actions().isEmpty();
    }

    /** Puts it into the log that all members keep, and what it proves or disproves of the path that it took. */
    static void note(Turn turn, DcDraft dc, NodeId target, String action, boolean succeeded, String why, String how) {
        Decision.fact(
                turn,
                dc,
                new Fact.Key(Fact.Kind.FENCING, target.name(), ""),
                Optional.of(turn.now() + " " + action + " " + (succeeded ? "confirmed" : "failed") + " " + how));
        var entry = new FencingLog.Entry(turn.now(), target.name(), action, succeeded, why, how);
        Decision.fact(turn, dc, FencingLog.nextPlace(turn.facts()), Optional.of(entry.value()));
        String[] words = how.split(" ", 4);
        boolean path = succeeded && words.length == 4 && words[1].equals("from") && NodeId.isName(words[2]);
        if (path && FencingDuty.device(dc, words[0]).isPresent()) {
            var proof = new FencingProof(turn.now(), true, "it did " + action);
            Decision.fact(
                    turn, dc, ProvingDuty.key(target, words[0], new NodeId(words[2])), Optional.of(proof.value()));
        }
    }

    private static void failed(Turn turn, DcDraft dc, NodeId target, String text) {
        turn.tell(Kind.FENCE_FAILED, target.name(), "every way was tried; the last: " + text);
        int failures = Optional.ofNullable(dc.retries.get(target))
                        .map(DcState.Retry::failures)
                        .orElse(0)
                + 1;
        Duration delay = failures >= maxAttempts(dc.cib.orElseThrow()) ? LATER : DcState.Retry.usualDelay(failures);
        var retry = new DcState.Retry(failures, true, delay);
        dc.retries.put(target, retry);
        turn.emit(new Effect.StartTimer(new Timer.FenceRetry(target), delay));
    }

    /** So often it is tried with short pauses; then it is no blip any more ({@code fencing-max-attempts}). */
    private static int maxAttempts(Cib cib) {
        return cib.property("fencing-max-attempts")
                .filter(text -> text.matches("[1-9][0-9]{0,8}"))
                .map(Integer::parseInt)
                .orElse(MAX_ATTEMPTS);
    }

    /** The node has its access; the scheduler goes by these attributes. */
    private static void unfenced(
            Turn turn, DcDraft dc, NodeId target, DcState.@org.jspecify.annotations.Nullable FencePurpose purpose) {
        attribute(turn, dc, target, "#node-unfenced", Long.toString(turn.now().getEpochSecond()));
        if (purpose == null) {
            return;
        }
        dc.transition.graph().synapses().stream()
                .map(Synapse::action)
                .filter(action -> purpose.actions().contains(action.id()))
                .filter(GraphAction.ClusterAction.class::isInstance)
                .map(GraphAction.ClusterAction.class::cast)
                .forEach(action -> UNFENCED.forEach(name -> {
                    String value = action.attributes().get(name);
                    if (value != null) {
                        attribute(
                                turn, dc, target, name.replace("CRM_meta_", "#").replace('_', '-'), value);
                    }
                }));
    }

    private static void attribute(Turn turn, DcDraft dc, NodeId node, String name, String value) {
        Decision.fact(turn, dc, new Fact.Key(Fact.Kind.ATTRIBUTE, node.name(), name), Optional.of(value));
    }

    /** Counted with the one that has just been. */
    private static void breakLoop(Turn turn, DcDraft dc, NodeId target) {
        Cib cib = dc.cib.orElseThrow();
        int limit = FenceLoop.limit(cib);
        long times = FencingLog.times(turn.facts(), target.name(), turn.now().minus(FenceLoop.window(cib)));
        if (limit > 0 && times >= limit) {
            String text = "was fenced " + times + " times within "
                    + FenceLoop.window(cib).toMinutes() + " min";
            Decision.fact(
                    turn,
                    dc,
                    new Fact.Key(Fact.Kind.FENCING_LOOP, target.name(), ""),
                    Optional.of(turn.now() + " " + text));
            turn.tell(
                    Kind.PROBLEM,
                    target.name(),
                    "it " + text + ": it is left off, and runs nothing until 'ringfence fence admit " + target + "'");
        }
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

    /** Every member is to know it: the silence that makes it true may be noticed in another view. */
    public static void said(Turn turn, DcDraft dc, Effect.FenceSaid said) {
        var key = new Fact.Key(Fact.Kind.FENCING_SAID, said.target().name(), "");
        Decision.fact(turn, dc, key, Optional.of(said.action() + " " + said.text()));
    }

    public static void lied(Turn turn, DcDraft dc, Effect.FenceLied lied) {
        var key = new Fact.Key(Fact.Kind.FENCING_SAID, lied.target().name(), "");
        Decision.fact(turn, dc, key, Optional.empty());
        distrust(turn, dc, lied.target(), lied.device(), lied.executor(), "the node still answers");
    }

    private static void distrust(Turn turn, DcDraft dc, NodeId target, String device, NodeId executor, String why) {
        FencingDuty.device(dc, device)
                .ifPresent(configured -> Decision.fact(
                        turn,
                        dc,
                        DeviceTrust.key(target, device),
                        Optional.of(DeviceTrust.value(configured, turn.now(), executor))));
        var proof = new FencingProof(turn.now(), false, "it said that " + target + " is off, and " + why);
        Decision.fact(turn, dc, ProvingDuty.key(target, device, executor), Optional.of(proof.value()));
        turn.tell(
                Kind.PROBLEM,
                target.name(),
                "fence device " + device + " said from " + executor + " that it is off, and " + why
                        + ": the device is not counted on for it any more");
    }

    /**
     * A member whose daemon is the one that was here before its node was fenced: the node has not been off. What was recovered
     * meanwhile cannot be taken back; it must be known.
     */
    static void neverOff(Turn turn, DcDraft dc, NodeId member) {
        Optional<String> last = turn.facts().value(Fact.Kind.FENCING, member.name(), "");
        String[] words = last.orElse("").split(" ", 7);
        boolean byDevice = words.length >= 6 && words[4].equals("from") && NodeId.isName(words[5]);
        boolean cutsAccess = byDevice
                && FencingDuty.device(dc, words[3])
                        .filter(device -> device.unfences())
                        .isPresent();
        if (cutsAccess) {
            return; // It was not to be off: it lost its access, and gets it back.
        }
        if (byDevice) {
            distrust(turn, dc, member, words[3], new NodeId(words[5]), "it is back and was never off");
        } else {
            turn.tell(
                    Kind.PROBLEM,
                    member.name(),
                    "it counted as fenced and is back without having been off: " + last.orElse("nobody knows why"));
        }
    }
}
