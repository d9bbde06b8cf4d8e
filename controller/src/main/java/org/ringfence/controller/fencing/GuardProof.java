package org.ringfence.controller.fencing;

import java.util.List;
import java.util.Optional;
import org.ringfence.controller.facts.FactsState;
import org.ringfence.controller.fencing.ProofStep.Kind;
import org.ringfence.controller.fencing.ProofStep.Verdict;
import org.ringfence.controller.selffencing.GuardPromise;
import org.ringfence.controller.selffencing.SelfFencing;
import org.ringfence.model.NodeId;

/**
 * What can be shown of a node's own guard: that it reads its slots on the shared disks, and that the watchdog behind it is
 * armed. A node without a guard has nothing to show.
 */
public final class GuardProof {
    private GuardProof() {}

    /**
     * @param path  what was found on the way to {@code target}: a test message may have come back
     * @param facts what the members know of {@code target}
     */
    public static List<ProofStep> steps(List<ProofStep> path, NodeId target, FactsState facts) {
        boolean cameBack = path.stream().anyMatch(step -> step.what() == Kind.GUARD);
        return steps(target, facts).stream()
                .filter(step -> !cameBack || step.what() != Kind.GUARD)
                .toList();
    }

    private static List<ProofStep> steps(NodeId target, FactsState facts) {
        Optional<GuardPromise> promise = SelfFencing.promise(facts, target);
        if (promise.isEmpty()) {
            return List.of(
                    new ProofStep(Kind.GUARD, Verdict.NOT_CONFIGURED, "no guard has been heard of on " + target),
                    new ProofStep(Kind.WATCHDOG, Verdict.NOT_CONFIGURED, "no watchdog has been heard of on " + target));
        }
        int disks = promise.get().disks();
        return List.of(
                new ProofStep(
                        Kind.GUARD,
                        disks == 0 ? Verdict.NOT_CONFIGURED : Verdict.NOT_TRIED,
                        disks == 0
                                ? "its guard watches no shared disk"
                                : "its guard says that it watches " + disks + "; no message was sent to it"),
                new ProofStep(
                        Kind.WATCHDOG,
                        Verdict.PROVEN,
                        "its guard says that it is armed, for "
                                + promise.get().watchdog().toMillis() + " ms"));
    }
}
