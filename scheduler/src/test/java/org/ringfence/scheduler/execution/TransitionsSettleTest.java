package org.ringfence.scheduler.execution;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.ringfence.model.cib.Cib;
import org.ringfence.model.graph.GraphAction;
import org.ringfence.model.graph.TransitionGraph;
import org.ringfence.model.problem.UnusableInputException;
import org.ringfence.scheduler.BatchTime;
import org.ringfence.scheduler.Scheduler;

/**
 * A transition leads to a status in which nothing is left to do. Where it does not, the name stands in {@code not-settled.txt} with
 * the reason. The status goes through text, as one that is saved and read again.
 */
class TransitionsSettleTest {
    private static final Path RESOURCES = Path.of("src/test/resources");

    @Test
    void ofScenarios() throws IOException, UnusableInputException {
        Path folder = RESOURCES.resolve("scenarios");
        List<String> left = new ArrayList<>();
        try (Stream<Path> found = Files.walk(folder)) {
            for (Path input :
                    found.filter(file -> file.endsWith("input.xml")).sorted().toList()) {
                String name = folder.relativize(input.getParent()).toString();
                left(Files.readString(input), name, null).ifPresent(left::add);
            }
        }
        assertThat(left).isEqualTo(expected("scenario"));
    }

    @Test
    void ofConformanceCases() throws IOException, UnusableInputException {
        Path folder = Optional.ofNullable(System.getenv("RINGFENCE_CONFORMANCE"))
                .map(Path::of)
                .orElse(Path.of(System.getProperty("ringfence.root", ".."), "..", "shared", "conformance"));
        Assumptions.assumeTrue(
                Files.isDirectory(folder),
                "the conformance cases are not at " + folder + "; set RINGFENCE_CONFORMANCE");
        Map<String, String> times = new HashMap<>();
        for (String line : Files.readAllLines(folder.resolve("times.tsv"))) {
            String[] parts = line.split("\t", 2);
            times.put(parts[0], parts[1]);
        }
        List<String> left = new ArrayList<>();
        try (Stream<Path> found = Files.list(folder.resolve("cases"))) {
            for (Path input : found.filter(file -> file.toString().endsWith(".xml"))
                    .sorted()
                    .toList()) {
                String name = input.getFileName().toString().replace(".xml", "");
                left(Files.readString(input), name, times.get(name)).ifPresent(left::add);
            }
        }
        assertThat(left).isEqualTo(expected("case"));
    }

    private static List<String> expected(String kind) throws IOException {
        return Files.readAllLines(RESOURCES.resolve("not-settled.txt")).stream()
                .filter(line -> line.startsWith(kind + " "))
                .map(line -> line.split(" ", 3)[1])
                .toList();
    }

    /** The name, when something is left to do. */
    private static Optional<String> left(String text, String name, @Nullable String asked)
            throws UnusableInputException {
        Cib cib = Cib.read(text, name);
        Instant now = BatchTime.of(cib, asked, Instant.ofEpochSecond(1_780_000_000));
        TransitionGraph graph = Scheduler.schedule(cib, now).graph();
        Execution.Result result = Execution.of(cib, graph, List.of(), now);
        Cib saved = Cib.read(result.cib().write(), name);
        assertThat(saved.status()).as(name).isEqualTo(result.cib().status());
        boolean settled = Scheduler.schedule(saved, now).graph().synapses().stream()
                .allMatch(synapse -> synapse.action() instanceof GraphAction.PseudoAction);
        return settled && result.notDone().isEmpty() ? Optional.empty() : Optional.of(name);
    }
}
