package org.ringfence.api;

import java.time.Instant;
import java.util.List;
import org.ringfence.model.NodeId;

/**
 * What a test of fencing has found.
 *
 * @param at        by the clock of the DC
 * @param paths     sorted by target, then as devices are configured, then by executing node
 * @param uncovered nodes that no device covers
 */
public record FenceTestReply(Instant at, List<Path> paths, List<NodeId> uncovered) implements Reply.Outcome {
    public FenceTestReply {
        paths = List.copyOf(paths);
        uncovered = List.copyOf(uncovered);
    }

    @Override
    public ExitStatus exitStatus() {
        return isProven() ? ExitStatus.DONE : ExitStatus.NOT_DONE;
    }

    /** Whether every path works and every node has one. */
    public boolean isProven() {
        return uncovered.isEmpty() && paths.stream().allMatch(Path::isProven);
    }

    /** From one node, with one device, to another. */
    public record Path(NodeId target, String device, NodeId executor, List<ProofStep> steps) {
        public Path {
            steps = List.copyOf(steps);
        }

        /** Whether nothing that was looked at was wrong. */
        public boolean isProven() {
            return steps.stream().noneMatch(step -> step.verdict() == Verdict.FAILED);
        }
    }

    /**
     * One step.
     *
     * @param what   {@code agent}, {@code parameters}, {@code device}, {@code status}, {@code list}, {@code guard}, {@code watchdog}
     * @param proves what is shown when it ends well
     * @param text   what was found; may be empty
     */
    public record ProofStep(String what, Verdict verdict, String text, String proves) {}

    /** How a step came out. */
    public enum Verdict {
        PROVEN,
        FAILED,
        /** There is nothing to prove. */
        NOT_CONFIGURED,
        /** An earlier step failed. */
        NOT_TRIED
    }
}
