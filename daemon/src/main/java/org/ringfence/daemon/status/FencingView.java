package org.ringfence.daemon.status;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.ringfence.api.FenceHistoryReply;
import org.ringfence.api.FenceTestReply;
import org.ringfence.controller.facts.Fact;
import org.ringfence.controller.fencing.FencingLog;
import org.ringfence.controller.fencing.FencingProof;
import org.ringfence.controller.fencing.ProofStep;
import org.ringfence.controller.request.Answer;
import org.ringfence.model.NodeId;

/** What is known of fencing, in the words of the local API. */
final class FencingView {
    private FencingView() {}

    static FenceTestReply tested(Answer.Tested tested) {
        return new FenceTestReply(
                tested.when(),
                tested.paths().stream()
                        .map(path -> new FenceTestReply.Path(
                                path.target(),
                                path.device(),
                                path.executor(),
                                path.steps().stream().map(FencingView::step).toList()))
                        .toList(),
                tested.uncovered());
    }

    private static FenceTestReply.ProofStep step(ProofStep step) {
        FenceTestReply.Verdict verdict = switch (step.verdict()) {
            case PROVEN -> FenceTestReply.Verdict.PROVEN;
            case FAILED -> FenceTestReply.Verdict.FAILED;
            case NOT_CONFIGURED -> FenceTestReply.Verdict.NOT_CONFIGURED;
            case NOT_TRIED -> FenceTestReply.Verdict.NOT_TRIED;
        };
        return new FenceTestReply.ProofStep(
                step.what().name().toLowerCase(Locale.ROOT),
                verdict,
                step.text(),
                step.what().proves());
    }

    static FenceHistoryReply history(List<Fact> facts, Optional<NodeId> only) {
        return new FenceHistoryReply(FencingLog.of(facts).stream()
                .filter(entry -> only.isEmpty() || only.get().name().equals(entry.target()))
                .map(entry -> new FenceHistoryReply.Entry(
                        entry.when(),
                        new NodeId(entry.target()),
                        entry.action(),
                        entry.succeeded(),
                        entry.why(),
                        entry.how()))
                .toList());
    }

    /** The last time that a device was shown to work, and what was shown. */
    record LastProof(Instant when, String what) {}

    static Optional<LastProof> lastProof(List<Fact> facts, String device) {
        return facts.stream()
                .filter(fact -> fact.key().kind() == Fact.Kind.FENCING_PROOF)
                .filter(fact -> FencingProof.device(fact.key().name()).equals(device))
                .flatMap(fact -> fact.value().stream()
                        .flatMap(value -> FencingProof.parse(value).stream())
                        .filter(FencingProof::proven)
                        .map(proof -> new LastProof(
                                proof.when(),
                                proof.text() + " of " + fact.key().node() + " from "
                                        + FencingProof.executor(fact.key().name()))))
                .max(Comparator.comparing(LastProof::when));
    }
}
