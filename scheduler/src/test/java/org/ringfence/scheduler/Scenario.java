package org.ringfence.scheduler;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.ringfence.model.cib.Cib;
import org.ringfence.model.graph.GraphAction;
import org.ringfence.model.graph.Synapse;
import org.ringfence.model.problem.Problem;
import org.ringfence.model.problem.UnusableInputException;

/** One scenario of our own: an input and the transition it is to give, as text that a reviewer can read. */
final class Scenario {
    static final Path FOLDER = Path.of("src/test/resources/scenarios");

    private Scenario() {}

    static List<Path> all(Path folder) throws IOException {
        try (Stream<Path> found = Files.walk(folder)) {
            return found.filter(file -> file.endsWith("input.xml"))
                    .map(Path::getParent)
                    .sorted()
                    .toList();
        }
    }

    /** Each real action with the real actions that come before it, sorted; then the problems. */
    static String transition(Path scenario) throws IOException, UnusableInputException {
        Cib cib = Cib.read(Files.readString(scenario.resolve("input.xml")), "input.xml");
        Scheduler.Schedule schedule = Scheduler.schedule(cib, BatchTime.of(cib, null, Instant.EPOCH));
        Map<Integer, Synapse> byId = new TreeMap<>();
        schedule.graph().synapses().forEach(synapse -> byId.put(synapse.action().id(), synapse));
        List<String> lines = new ArrayList<>();
        for (Synapse synapse : byId.values()) {
            if (!(synapse.action() instanceof GraphAction.PseudoAction)) {
                List<String> before = new ArrayList<>();
                before(synapse, byId, new HashSet<>(), before);
                Collections.sort(before);
                lines.add(
                        name(synapse.action()) + (before.isEmpty() ? "" : "\n    after " + String.join(", ", before)));
            }
        }
        Collections.sort(lines);
        schedule.problems().stream().map(Problem::toString).forEach(lines::add);
        return String.join("\n", lines) + "\n";
    }

    private static void before(Synapse synapse, Map<Integer, Synapse> byId, Set<Integer> seen, List<String> found) {
        for (int id : synapse.inputs()) {
            Synapse input = byId.get(id);
            if (input == null) {
                throw new IllegalStateException("no action " + id);
            }
            if (input.action() instanceof GraphAction.PseudoAction) {
                if (seen.add(id)) {
                    before(input, byId, seen, found);
                }
            } else if (!found.contains(name(input.action()))) {
                found.add(name(input.action()));
            }
        }
    }

    private static String name(GraphAction action) {
        return switch (action) {
            case GraphAction.ResourceAction resource -> resource.operationKey() + " on " + resource.node();
            case GraphAction.ClusterAction cluster -> cluster.operation() + " " + cluster.node();
            case GraphAction.PseudoAction pseudo -> pseudo.operationKey();
        };
    }

    /** Writes the expectations anew: {@code Scenario FOLDER}. The difference is to be reviewed. */
    public static void main(String[] arguments) throws IOException, UnusableInputException {
        for (Path scenario : all(Path.of(arguments[0]))) {
            Files.writeString(scenario.resolve("transition.txt"), transition(scenario));
        }
    }
}
