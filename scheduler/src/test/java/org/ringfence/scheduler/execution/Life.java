package org.ringfence.scheduler.execution;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.ringfence.model.cib.Cib;
import org.ringfence.model.graph.GraphAction;
import org.ringfence.model.graph.Synapse;
import org.ringfence.model.graph.TransitionGraph;
import org.ringfence.model.problem.UnusableInputException;
import org.ringfence.model.status.NodeState;
import org.ringfence.scheduler.Scheduler;

/** A scenario's cluster, step by step. */
final class Life {
    static final Instant NOW = Instant.ofEpochSecond(1_700_000_000);

    private Life() {}

    static Cib of(String scenario) throws IOException, UnusableInputException {
        Path input = Path.of("src/test/resources/scenarios", scenario, "input.xml");
        return Cib.read(Files.readString(input), scenario);
    }

    static TransitionGraph transition(Cib cib) {
        return Scheduler.schedule(cib, NOW).graph();
    }

    /** Carries out what is to be done; operations that are named fail. */
    static Execution.Result step(Cib cib, String... failures) {
        return Execution.of(
                cib,
                transition(cib),
                List.of(failures).stream().map(OperationOutcome::parse).toList(),
                NOW);
    }

    /** Real actions that are to be done, sorted. */
    static List<String> wanted(Cib cib) {
        return names(transition(cib).synapses().stream().map(Synapse::action).toList());
    }

    static List<String> names(List<GraphAction> actions) {
        return actions.stream()
                .filter(action -> !(action instanceof GraphAction.PseudoAction))
                .map(action -> switch (action) {
                    case GraphAction.ResourceAction resource -> resource.operationKey() + "@" + resource.node();
                    case GraphAction.ClusterAction cluster -> cluster.operation() + "@" + cluster.node();
                    case GraphAction.PseudoAction pseudo -> pseudo.operationKey();
                })
                .sorted()
                .toList();
    }

    static NodeState node(Cib cib, String name) {
        return cib.status().nodes().values().stream()
                .filter(node -> node.uname().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
