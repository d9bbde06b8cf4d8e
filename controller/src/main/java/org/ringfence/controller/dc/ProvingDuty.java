package org.ringfence.controller.dc;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ringfence.controller.Effect;
import org.ringfence.controller.Timer;
import org.ringfence.controller.Turn;
import org.ringfence.controller.facts.Fact;
import org.ringfence.controller.fencing.Executors;
import org.ringfence.controller.fencing.FenceCall;
import org.ringfence.controller.fencing.FenceDevice;
import org.ringfence.controller.fencing.FencingProof;
import org.ringfence.controller.fencing.GuardProof;
import org.ringfence.controller.fencing.ProofStep;
import org.ringfence.controller.history.HistoryEntry.Kind;
import org.ringfence.controller.membership.View;
import org.ringfence.controller.message.Message;
import org.ringfence.controller.request.Answer;
import org.ringfence.controller.request.Request;
import org.ringfence.model.NodeId;
import org.ringfence.model.cib.Cib;
import org.ringfence.model.problem.Place;
import org.ringfence.model.problem.Problem;

/**
 * The DC's part in a proof of fencing: each device, from each node that may use it, against each node that it covers. What is
 * found becomes a fact with a date.
 */
public final class ProvingDuty {
    /** An agent is asked for five things at most, each within its own bound. */
    private static final Duration ANSWER = Duration.ofSeconds(150);

    private static final int TESTS_MAX = 4;

    private ProvingDuty() {}

    static Fact.Key key(NodeId target, String device, NodeId executor) {
        return new Fact.Key(Fact.Kind.FENCING_PROOF, target.name(), FencingProof.name(device, executor));
    }

    static void test(Turn turn, DcDraft dc, Asker asker, Request.FenceTest asked) {
        if (asked.node().isPresent() && !Desk.isNode(turn, asked.node().get())) {
            Desk.answer(turn, dc, asker, Desk.unknownNode(turn, asked.node().get()));
            return;
        }
        Cib cib = dc.cib.orElseThrow();
        List<FenceDevice> devices = FenceDevice.of(cib).stream()
                .filter(device -> asked.device().map(device.id()::equals).orElse(true))
                .toList();
        if (asked.device().isPresent() && devices.isEmpty()) {
            Desk.answer(
                    turn,
                    dc,
                    asker,
                    new Answer.Unusable(List.of(Problem.error(
                            Place.NONE,
                            "device " + asked.device().get(),
                            "is no fence device of this cluster, or is switched off",
                            "see 'ringfence status' for those that there are"))));
            return;
        }
        if (dc.tests.size() >= TESTS_MAX) {
            Desk.answer(
                    turn,
                    dc,
                    asker,
                    new Answer.NotDone(
                            "nothing was tested",
                            List.of(Problem.error(
                                    Place.NONE,
                                    "",
                                    TESTS_MAX + " tests are under way already",
                                    "wait for them to end"))));
            return;
        }
        forgetOld(turn, dc, cib);
        long test = dc.number();
        dc.tests.put(test, new FenceTest(asker, paths(turn, cib, devices, asked.node())));
        goOn(turn, dc, test);
    }

    private static List<FenceTest.Path> paths(Turn turn, Cib cib, List<FenceDevice> devices, Optional<String> node) {
        List<NodeId> members = turn.view().map(View::members).orElse(List.of());
        var executors = new Executors(members, turn.self(), turn.histories(), turn.facts());
        Duration timeout = FenceDevice.clusterTimeout(cib);
        List<FenceTest.Path> paths = new ArrayList<>();
        for (NodeId target : turn.settings().nodes()) {
            if (node.isPresent() && !node.get().equals(target.name())) {
                continue;
            }
            for (FenceDevice device : devices) {
                if (device.mayFence(target)) {
                    FenceCall call = device.call(target, "off", timeout);
                    executors.of(cib, device.id(), target).stream()
                            .sorted()
                            .forEach(executor ->
                                    paths.add(new FenceTest.Path(call, executor, Optional.empty(), Optional.empty())));
                }
            }
        }
        return paths;
    }

    /** What is known of devices that are no more, or of nodes that are none, is of no use to anybody. */
    private static void forgetOld(Turn turn, DcDraft dc, Cib cib) {
        List<String> devices = FenceDevice.of(cib).stream().map(FenceDevice::id).toList();
        for (Fact fact : List.copyOf(turn.facts().facts().values())) {
            boolean proof =
                    fact.key().kind() == Fact.Kind.FENCING_PROOF && fact.value().isPresent();
            if (proof
                    && (!devices.contains(FencingProof.device(fact.key().name()))
                            || !Desk.isNode(turn, fact.key().node())
                            || !Desk.isNode(
                                    turn, FencingProof.executor(fact.key().name())))) {
                Decision.fact(turn, dc, fact.key(), Optional.empty());
            }
        }
    }

    private static void goOn(Turn turn, DcDraft dc, long number) {
        FenceTest test = dc.tests.get(number);
        if (test == null) {
            return;
        }
        if (test.isOver()) {
            dc.tests.remove(number);
            Desk.answer(turn, dc, test.asker(), answer(turn, dc, test));
            return;
        }
        for (FenceTest.Path path : test.next()) {
            long probe = dc.number();
            test = test.with(path, new FenceTest.Path(path.call(), path.executor(), Optional.of(probe), path.steps()));
            dc.tests.put(number, test);
            boolean answers =
                    turn.view().map(view -> view.has(path.call().target())).orElse(false);
            if (turn.membership().protocolOf(path.executor()) < Fact.Kind.FENCING_PROOF.since()) {
                found(turn, dc, probe, failed("it runs a release that cannot be asked for this"));
                return;
            }
            turn.emit(new Effect.StartTimer(new Timer.FenceProbeAnswer(probe), ANSWER));
            turn.send(path.executor(), new Message.FenceProbe(dc.view, probe, path.call(), answers));
        }
    }

    public static void probed(Turn turn, DcDraft dc, Message.FenceProbed probed) {
        turn.emit(new Effect.StopTimer(new Timer.FenceProbeAnswer(probed.probe())));
        found(turn, dc, probed.probe(), probed.steps());
    }

    public static void overdue(Turn turn, DcDraft dc, long probe) {
        found(turn, dc, probe, failed("the executing node did not answer within " + ANSWER.toSeconds() + " s"));
    }

    private static List<ProofStep> failed(String why) {
        return List.of(new ProofStep(ProofStep.Kind.AGENT, ProofStep.Verdict.FAILED, why));
    }

    private static void found(Turn turn, DcDraft dc, long probe, List<ProofStep> steps) {
        for (Map.Entry<Long, FenceTest> entry : List.copyOf(dc.tests.entrySet())) {
            for (FenceTest.Path path : entry.getValue().paths()) {
                if (path.isUnderWay() && path.probe().equals(Optional.of(probe))) {
                    List<ProofStep> all = new ArrayList<>(steps);
                    all.addAll(GuardProof.steps(steps, path.call().target(), turn.facts()));
                    dc.tests.put(
                            entry.getKey(),
                            entry.getValue()
                                    .with(
                                            path,
                                            new FenceTest.Path(
                                                    path.call(), path.executor(), path.probe(), Optional.of(all))));
                    note(turn, dc, path, all);
                    goOn(turn, dc, entry.getKey());
                    return;
                }
            }
        }
    }

    private static void note(Turn turn, DcDraft dc, FenceTest.Path path, List<ProofStep> steps) {
        NodeId target = path.call().target();
        String device = path.call().device();
        Optional<ProofStep> broken = steps.stream()
                .filter(step -> step.verdict() == ProofStep.Verdict.FAILED)
                .findFirst();
        String text = broken.map(step -> step.what().name().toLowerCase(java.util.Locale.ROOT) + ": " + step.text())
                .orElse("fence test");
        var proof = new FencingProof(turn.now(), broken.isEmpty(), text);
        Decision.fact(turn, dc, key(target, device, path.executor()), Optional.of(proof.value()));
        if (broken.isPresent()) {
            turn.tell(
                    Kind.PROBLEM,
                    target.name(),
                    "could not be fenced with " + device + " from " + path.executor() + ": " + text);
        }
    }

    private static Answer answer(Turn turn, DcDraft dc, FenceTest test) {
        List<Answer.ProvenPath> paths = test.paths().stream()
                .map(path -> new Answer.ProvenPath(
                        path.call().target(),
                        path.call().device(),
                        path.executor(),
                        path.steps().orElseThrow()))
                .toList();
        List<NodeId> uncovered = turn.settings().nodes().stream()
                .filter(node ->
                        FenceDevice.of(dc.cib.orElseThrow()).stream().noneMatch(device -> device.mayFence(node)))
                .toList();
        return new Answer.Tested(turn.now(), paths, uncovered);
    }
}
