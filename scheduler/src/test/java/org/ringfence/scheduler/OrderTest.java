package org.ringfence.scheduler;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.ringfence.model.graph.GraphAction;
import org.ringfence.model.graph.Synapse;
import org.ringfence.model.problem.UnusableInputException;
import org.ringfence.model.xml.Element;
import org.ringfence.model.xml.XmlReader;
import org.ringfence.model.xml.XmlWriter;

/** In which order elements are written does not change what is decided, but for those whose order means something. */
class OrderTest {
    private static final int SEEDS = 3;

    /** Several nodes report as active what is not managed: the one that reports first is where it counts as being. */
    private static final Set<String> REPORTED_TWICE = Set.of("stopped-monitor-12", "stopped-monitor-25");

    @Test
    void theOrderOfElementsDoesNotMatterInTheScenarios() throws IOException, UnusableInputException {
        for (Path scenario : Scenario.all(Scenario.FOLDER)) {
            holds(Files.readString(scenario.resolve("input.xml")), scenario.toString(), Map.of());
        }
    }

    @Test
    void theOrderOfElementsDoesNotMatterInTheConformanceCases() throws IOException, UnusableInputException {
        Path cases = Path.of(System.getProperty("conformance", "../../shared/conformance/cases"));
        Assumptions.assumeTrue(
                Files.isDirectory(cases), "the conformance cases are not at " + cases + "; set -Dconformance");
        Map<String, String> times = Batch.times(cases.resolveSibling("times.tsv"));
        for (Path file : Batch.cases(cases)) {
            String name = file.getFileName().toString().replace(".xml", "");
            if (!REPORTED_TWICE.contains(name)) {
                holds(Files.readString(file), name, times);
            }
        }
    }

    private static void holds(String text, String name, Map<String, String> times) throws UnusableInputException {
        Element written = XmlReader.read(text, name);
        List<String> transition = transition(text, name, times);
        for (int seed = 1; seed <= SEEDS; seed++) {
            String shuffled = XmlWriter.write(Shuffled.of(written, seed));
            assertThat(transition(shuffled, name, times))
                    .as("%s, shuffled with seed %d", name, seed)
                    .isEqualTo(transition);
        }
    }

    /** Each action with those that come right before it, all by name. */
    private static List<String> transition(String text, String name, Map<String, String> times)
            throws UnusableInputException {
        Map<Integer, String> names = new HashMap<>();
        List<Synapse> synapses = Batch.graph(text, name, times).synapses();
        synapses.forEach(synapse -> names.put(synapse.action().id(), name(synapse.action())));
        List<String> lines = new ArrayList<>();
        for (Synapse synapse : synapses) {
            List<String> inputs = new ArrayList<>();
            synapse.inputs().forEach(id -> inputs.add(names.getOrDefault(id, "none")));
            Collections.sort(inputs);
            lines.add(name(synapse.action()) + " after " + String.join(", ", inputs));
        }
        Collections.sort(lines);
        return lines;
    }

    private static String name(GraphAction action) {
        return switch (action) {
            case GraphAction.ResourceAction resource -> resource.operationKey() + " on " + resource.node();
            case GraphAction.ClusterAction cluster -> cluster.operation() + " " + cluster.node();
            case GraphAction.PseudoAction pseudo -> pseudo.operationKey();
        };
    }
}
