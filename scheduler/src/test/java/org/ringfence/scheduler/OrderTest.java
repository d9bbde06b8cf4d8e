package org.ringfence.scheduler;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.ringfence.model.cib.Cib;
import org.ringfence.model.graph.GraphAction;
import org.ringfence.model.graph.Synapse;
import org.ringfence.model.problem.UnusableInputException;
import org.ringfence.model.xml.Element;
import org.ringfence.model.xml.XmlReader;
import org.ringfence.model.xml.XmlWriter;

/** In which order elements are written does not change what is decided, but for those whose order means something. */
class OrderTest {
    static List<String> transition(String text, String name, Map<String, String> times) throws UnusableInputException {
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

    public static void main(String[] arguments) throws IOException, UnusableInputException {
        Path folder = Path.of(arguments[0]);
        Map<String, String> times = Batch.times(folder.resolve("times.tsv"));
        Set<String> all = arguments.length > 1 ? Set.of(arguments[1].split(",")) : Shuffled.UNORDERED;
        for (String one : all) {
            List<String> differs = new ArrayList<>();
            for (Path file : Batch.cases(folder.resolve("cases"))) {
                String name = file.getFileName().toString().replace(".xml", "");
                String text = Files.readString(file);
                Element root = XmlReader.read(text, name);
                List<String> before = transition(text, name, times);
                for (int seed = 1; seed <= 3; seed++) {
                    if (!before.equals(transition(
                            XmlWriter.write(Shuffled.of(root, Set.of(one), new Random(seed))), name, times))) {
                        differs.add(name);
                        break;
                    }
                }
            }
            System.out.println(one + " " + differs.size() + " " + differs);
        }
    }
}
