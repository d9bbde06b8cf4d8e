package org.ringfence.scheduler.foresee;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.ringfence.model.NodeId;
import org.ringfence.model.cib.Cib;
import org.ringfence.model.graph.GraphXml;
import org.ringfence.model.graph.TransitionGraph;
import org.ringfence.model.problem.UnusableInputException;
import org.ringfence.scheduler.Scheduler;
import org.ringfence.scheduler.execution.Execution;
import org.ringfence.scheduler.execution.Injection;
import org.ringfence.scheduler.execution.Injector;
import org.ringfence.scheduler.execution.OperationOutcome;

/** What is foreseen by looking at what a failure touches is what is foreseen by looking at everything each time. */
class OutlookTest {
    private static final Path SCENARIOS = Path.of("src/test/resources/scenarios");
    private static final int CLUSTERS = 40;

    private int compared;

    @Test
    void randomClustersHaveTheOutlookThatPlainSchedulingGives() throws UnusableInputException {
        for (int seed = 0; seed < CLUSTERS; seed++) {
            compareEach(RandomClusters.of(seed), "seed " + seed);
        }
        assertThat(compared).isGreaterThan(20 * CLUSTERS / 2);
    }

    @Test
    void scenariosHaveTheOutlookThatPlainSchedulingGives() throws IOException, UnusableInputException {
        List<Path> inputs;
        try (Stream<Path> found = Files.walk(SCENARIOS)) {
            inputs = found.filter(file -> file.endsWith("input.xml")).sorted().toList();
        }
        for (Path input : inputs) {
            compareEach(Cib.read(Files.readString(input), input.toString()), input.toString());
        }
    }

    /** Every node and every primitive that is active fails. */
    private void compareEach(Cib cib, String name) throws UnusableInputException {
        var begin = Standpoint.of(cib, Instant.EPOCH);
        var injector = Injector.into(cib, Instant.EPOCH);
        compare(Outlook.of(begin, List.of(), Instant.EPOCH), cib, List.of(), name);
        for (String node : cib.configuration().nodes().values().stream()
                .filter(one -> NodeId.isName(one.name()) && !one.type().equals("remote"))
                .map(one -> one.name())
                .toList()) {
            Cib failed = injector.apply(new Injection.NodeFail(new NodeId(node)));
            assertThat(failed)
                    .isEqualTo(
                            Injection.applyAll(List.of(new Injection.NodeFail(new NodeId(node))), cib, Instant.EPOCH));
            compare(
                    Outlook.of(begin.next(failed, Instant.EPOCH), List.of(), Instant.EPOCH),
                    failed,
                    List.of(),
                    name + ", " + node);
        }
        for (Map.Entry<String, SortedSet<String>> active : begin.active().entrySet()) {
            if (!active.getValue().isEmpty() && NodeId.isName(active.getValue().first())) {
                resourceFails(
                        cib,
                        begin,
                        injector,
                        active.getKey(),
                        new NodeId(active.getValue().first()),
                        name);
            }
        }
    }

    private void resourceFails(
            Cib cib, Standpoint begin, Injector injector, String primitive, NodeId node, String name) {
        var monitor = new Injection.Ended(new OperationOutcome(primitive, "monitor", 10_000, node, 1));
        List<OperationOutcome> again = List.of(new OperationOutcome(primitive, "start", 0, node, 1));
        Cib failed;
        try {
            failed = injector.apply(monitor);
            assertThat(failed).isEqualTo(Injection.applyAll(List.of(monitor), cib, Instant.EPOCH));
        } catch (UnusableInputException unique) {
            // A primitive of a clone whose instances are told apart: one cannot say which of them fails.
            return;
        }
        compare(
                Outlook.of(begin.next(failed, Instant.EPOCH), again, Instant.EPOCH),
                failed,
                again,
                name + ", " + primitive);
    }

    private void compare(Outlook found, Cib cib, List<OperationOutcome> failures, String name) {
        compared++;
        Outlook plain = plain(cib, failures);
        assertThat(found.transitions().stream().map(GraphXml::write).toList())
                .as(name)
                .isEqualTo(plain.transitions().stream().map(GraphXml::write).toList());
        assertThat(found.active()).as(name).isEqualTo(plain.active());
        assertThat(found.steps()).as(name).isEqualTo(plain.steps());
        assertThat(found.settled()).as(name).isEqualTo(plain.settled());
    }

    private static Outlook plain(Cib cib, List<OperationOutcome> failures) {
        List<TransitionGraph> transitions = new ArrayList<>();
        List<Execution.Step> steps = new ArrayList<>();
        Cib at = cib;
        for (int done = 0; ; done++) {
            var places = new Places();
            TransitionGraph graph =
                    Scheduler.schedule(at, Instant.EPOCH, places).graph();
            if (graph.synapses().isEmpty() || done == 4) {
                return new Outlook(
                        places.active(), transitions, steps, graph.synapses().isEmpty());
            }
            transitions.add(graph);
            Execution.Result result = Execution.of(at, graph, failures, Instant.EPOCH);
            steps.addAll(result.steps());
            at = result.cib();
        }
    }
}
