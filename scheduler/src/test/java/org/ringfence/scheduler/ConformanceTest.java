package org.ringfence.scheduler;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.ringfence.model.graph.GraphAction;
import org.ringfence.model.graph.GraphXml;
import org.ringfence.model.graph.Synapse;
import org.ringfence.model.graph.TransitionGraph;
import org.ringfence.model.problem.UnusableInputException;

/**
 * What was once decided as the conformance cases expect stays so: the names in {@code conformance-held.txt} hold the same
 * real actions. Every case gives a graph. {@code -Dheld.update=true} writes the list anew; the difference is to be reviewed.
 */
class ConformanceTest {
    private static final Path HELD = Path.of("src/test/resources/conformance-held.txt");

    @Test
    void everyCaseGivesAGraphAndNoneThatHeldIsLost() throws IOException, UnusableInputException {
        Path folder = Optional.ofNullable(System.getenv("RINGFENCE_CONFORMANCE"))
                .map(Path::of)
                .orElse(Path.of(System.getProperty("ringfence.root", ".."), "..", "shared", "conformance"));
        Assumptions.assumeTrue(
                Files.isDirectory(folder),
                "the conformance cases are not at " + folder + "; set RINGFENCE_CONFORMANCE");
        Map<String, String> times = Batch.times(folder.resolve("times.tsv"));
        List<String> holds = new ArrayList<>();
        for (Path file : Batch.cases(folder.resolve("cases"))) {
            String name = file.getFileName().toString().replace(".xml", "");
            TransitionGraph graph = Batch.graph(Files.readString(file), name, times);
            Path expected = folder.resolve("cases").resolve(name + ".exp");
            if (actions(graph).equals(actions(GraphXml.read(Files.readString(expected), name)))) {
                holds.add(name);
            }
        }
        if (Boolean.getBoolean("held.update")) {
            Files.write(HELD, holds);
        }
        assertThat(holds).containsAll(Files.readAllLines(HELD));
    }

    /** Real actions by key, node and kind of fencing, each with how often it occurs. */
    private static Map<String, Integer> actions(TransitionGraph graph) {
        Map<String, Integer> found = new TreeMap<>();
        for (Synapse synapse : graph.synapses()) {
            switch (synapse.action()) {
                case GraphAction.ResourceAction action ->
                    found.merge(action.operationKey() + " " + action.node(), 1, Integer::sum);
                case GraphAction.ClusterAction action ->
                    found.merge(
                            action.operation() + " " + action.node() + " "
                                    + action.attributes().getOrDefault("CRM_meta_stonith_action", ""),
                            1,
                            Integer::sum);
                case GraphAction.PseudoAction _ -> {}
            }
        }
        return found;
    }
}
