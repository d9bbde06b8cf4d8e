package org.ringfence.api.status;

import java.time.Instant;
import java.util.Optional;
import org.ringfence.model.NodeId;
import org.ringfence.model.problem.Problem;

/** Something that went wrong lately, and where. */
public record RecentProblem(Instant at, Optional<NodeId> node, Problem problem) {}
