package org.ringfence.controller.dc;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.ringfence.controller.fencing.FenceCall;
import org.ringfence.controller.fencing.ProofStep;
import org.ringfence.model.NodeId;

/**
 * A test of paths that somebody has asked for. Each executing node looks at one path at a time, so that a device is not asked by
 * everybody for everything at once by the same node.
 */
public record FenceTest(Asker asker, List<Path> paths) {
    public FenceTest {
        paths = List.copyOf(paths);
    }

    /**
     * From one node, with one device, to another.
     *
     * @param probe empty until the executing node has been asked
     * @param steps empty until it has answered
     */
    public record Path(FenceCall call, NodeId executor, Optional<Long> probe, Optional<List<ProofStep>> steps) {
        public Path {
            steps = steps.map(List::copyOf);
        }

        boolean isUnderWay() {
            return probe.isPresent() && steps.isEmpty();
        }
    }

    boolean isOver() {
        return paths.stream().allMatch(path -> path.steps().isPresent());
    }

    /** The next path of each executing node that has none under way. */
    List<Path> next() {
        List<Path> next = new ArrayList<>();
        for (Path path : paths) {
            boolean busy = paths.stream()
                            .anyMatch(other ->
                                    other.isUnderWay() && other.executor().equals(path.executor()))
                    || next.stream().anyMatch(other -> other.executor().equals(path.executor()));
            if (path.probe().isEmpty() && !busy) {
                next.add(path);
            }
        }
        return next;
    }

    FenceTest with(Path former, Path changed) {
        return new FenceTest(
                asker,
                paths.stream().map(path -> path.equals(former) ? changed : path).toList());
    }
}
