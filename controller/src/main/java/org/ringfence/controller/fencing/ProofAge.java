package org.ringfence.controller.fencing;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.ringfence.controller.facts.Fact;
import org.ringfence.controller.facts.FactsState;
import org.ringfence.model.NodeId;
import org.ringfence.model.cib.Cib;
import org.ringfence.model.value.TimeSpan;

/**
 * How long ago it was shown that nodes can be fenced, against {@code fencing-proof-max-age}; what comes of too long ago is
 * {@code fencing-proof-policy}: {@code warn}, or {@code refuse} to start resources.
 */
public final class ProofAge {
    private ProofAge() {}

    /** Empty when the age of proof does not matter. */
    public static Optional<Duration> limit(Cib cib) {
        return cib.property("fencing-proof-max-age")
                .map(text -> Duration.ofMillis(TimeSpan.parseMillis(text, 0)))
                .filter(Duration::isPositive);
    }

    public static boolean refuses(Cib cib) {
        return limit(cib).isPresent()
                && cib.property("fencing-proof-policy").orElse("warn").equalsIgnoreCase("refuse");
    }

    /** The last time that some path to the node was shown to work. */
    public static Optional<Instant> last(FactsState facts, NodeId node) {
        return facts.of(Fact.Kind.FENCING_PROOF, node.name()).values().stream()
                .flatMap(value -> FencingProof.parse(value).stream())
                .filter(FencingProof::proven)
                .map(FencingProof::when)
                .max(Instant::compareTo);
    }

    /** Nodes of which it was never shown, or too long ago. */
    public static List<NodeId> stale(FactsState facts, Cib cib, List<NodeId> nodes, Instant now) {
        return limit(cib)
                .map(most -> nodes.stream()
                        .filter(node -> last(facts, node)
                                .filter(when -> now.isBefore(when.plus(most)))
                                .isEmpty())
                        .toList())
                .orElse(List.of());
    }
}
