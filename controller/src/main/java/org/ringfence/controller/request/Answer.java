package org.ringfence.controller.request;

import java.time.Instant;
import java.util.List;
import org.ringfence.controller.ClusterStatus;
import org.ringfence.controller.fencing.ProofStep;
import org.ringfence.model.NodeId;
import org.ringfence.model.graph.TransitionGraph;
import org.ringfence.model.problem.Problem;

/** What a request is answered. */
public sealed interface Answer {

    /** It is done, and safe on the disks of every member where it changes the configuration. */
    record Done(String text, List<String> details) implements Answer {
        public Done {
            details = List.copyOf(details);
        }
    }

    /** It could not be done; nothing has changed unless the text says that this is not known. */
    record NotDone(String text, List<Problem> problems) implements Answer {
        public NotDone {
            problems = List.copyOf(problems);
        }
    }

    /** It makes no sense as it stands. */
    record Unusable(List<Problem> problems) implements Answer {
        public Unusable {
            problems = List.copyOf(problems);
        }
    }

    /** It would be unsafe. */
    record Refused(List<Problem> problems) implements Answer {
        public Refused {
            problems = List.copyOf(problems);
        }
    }

    /**
     * What a change would cause; nothing was changed.
     *
     * @param unsafe why it would be refused; empty when it would not
     */
    record Plan(TransitionGraph graph, List<Problem> unsafe, List<Problem> problems) implements Answer {
        public Plan {
            unsafe = List.copyOf(unsafe);
            problems = List.copyOf(problems);
        }
    }

    record Configuration(String text, String version) implements Answer {}

    record Status(ClusterStatus status) implements Answer {}

    /**
     * What was found of the paths by which nodes can be fenced.
     *
     * @param paths     sorted by target, device as configured, executing node
     * @param uncovered nodes that no device covers
     */
    record Tested(Instant when, List<ProvenPath> paths, List<NodeId> uncovered) implements Answer {
        public Tested {
            paths = List.copyOf(paths);
            uncovered = List.copyOf(uncovered);
        }
    }

    /** One path, and what was found step by step. */
    record ProvenPath(NodeId target, String device, NodeId executor, List<ProofStep> steps) {
        public ProvenPath {
            steps = List.copyOf(steps);
        }
    }
}
