package org.ringfence.scheduler.execution;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.ringfence.model.NodeId;
import org.ringfence.model.cib.Cib;
import org.ringfence.model.graph.GraphAction;
import org.ringfence.model.graph.Synapse;
import org.ringfence.model.graph.TransitionGraph;
import org.ringfence.model.problem.UnusableInputException;
import org.ringfence.model.status.ExecutionStatus;
import org.ringfence.model.status.OperationRecord;
import org.ringfence.model.status.ResourceHistory;

class ExecutionTest {
    private static ResourceHistory history(Cib cib, String node, String resource) {
        return Objects.requireNonNull(
                Life.node(cib, node).history().get(resource), () -> node + " does not know " + resource);
    }

    private static List<String> ids(ResourceHistory history) {
        return history.operations().stream().map(OperationRecord::id).toList();
    }

    @Test
    void whatIsDoneIsRemembered() throws IOException, UnusableInputException {
        Execution.Result result = Life.step(Life.of("start/cold"));
        assertThat(result.failed()).isFalse();
        assertThat(result.notDone()).isEmpty();
        assertThat(ids(history(result.cib(), "beta", "a"))).containsExactly("a_last_0", "a_monitor_10000");
        OperationRecord started =
                history(result.cib(), "beta", "a").operations().getFirst();
        assertThat(started.operation()).isEqualTo("start");
        assertThat(started.executionStatus()).isEqualTo(ExecutionStatus.DONE);
        assertThat(started.lastChange()).isEqualTo(Life.NOW);
        assertThat(started.digests()).containsEntry("op-digest", "f2317cad3d54cec5d7d7aa7d0bf35cf8");
        assertThat(history(result.cib(), "alpha", "a").operations().getFirst().exitCode())
                .isEqualTo(7);
    }

    @Test
    void whatComesFirstIsDoneFirst() throws IOException, UnusableInputException {
        List<String> done = Life.step(Life.of("failure/monitor-failed")).steps().stream()
                .map(step -> step.action().operationKey())
                .toList();
        assertThat(done).containsExactly("a_stop_0", "a_start_0", "a_monitor_10000");
    }

    @Test
    void afterAFailureNothingMoreBeginsAndWhatBeganWithItEnds() throws IOException, UnusableInputException {
        Execution.Result result = Life.step(Life.of("start/cold"), "b_start_0@alpha=1");
        assertThat(result.steps())
                .filteredOn(Execution.Step::failed)
                .singleElement()
                .satisfies(step -> assertThat(step.exitCode()).isEqualTo(1));
        assertThat(Life.names(
                        result.steps().stream().map(Execution.Step::action).toList()))
                .contains("a_start_0@beta", "fence_start_0@alpha", "b_start_0@alpha");
        assertThat(Life.names(result.notDone())).containsExactly("a_monitor_10000@beta", "b_monitor_10000@alpha");
        assertThat(ids(history(result.cib(), "alpha", "b"))).containsExactly("b_last_0", "b_last_failure_0");
        assertThat(Life.node(result.cib(), "alpha").attributes())
                .containsEntry("fail-count-b#start_0", "INFINITY")
                .containsEntry("last-failure-b#start_0", "1700000000");
        assertThat(Life.wanted(result.cib())).contains("b_stop_0@alpha", "b_start_0@beta", "a_monitor_10000@beta");
        Cib settled = Life.step(result.cib()).cib();
        assertThat(Life.wanted(settled)).isEmpty();
    }

    @Test
    void aFailureThatTheTransitionDoesNotComeToIsNamed() throws IOException, UnusableInputException {
        Execution.Result result = Life.step(Life.of("start/cold"), "b_start_0@beta=1", "b_monitor_10000@alpha=7");
        assertThat(result.unmet()).containsExactly(OperationOutcome.parse("b_start_0@beta=1"));
        assertThat(result.failed()).isTrue();
    }

    @Test
    void aFencedNodeHoldsNothing() throws IOException, UnusableInputException {
        Cib after = Life.step(Life.of("fencing/node-lost")).cib();
        assertThat(Life.node(after, "beta").history()).isEmpty();
        assertThat(Life.node(after, "beta").membership())
                .containsEntry("in_ccm", "false")
                .containsEntry("expected", "down");
        assertThat(Life.wanted(after)).isEmpty();
    }

    @Test
    void bothHalvesOfAMigrationAreRemembered() throws IOException, UnusableInputException {
        Cib after = Life.step(Life.of("migration/live")).cib();
        assertThat(ids(history(after, "alpha", "a"))).contains("a_migrate_to_0", "a_last_0");
        assertThat(history(after, "beta", "a").operations())
                .anySatisfy(record -> assertThat(record.migrateSource()).contains(new NodeId("alpha")));
        assertThat(Life.wanted(after)).isEmpty();
    }

    @Test
    void aMigrationThatArrivesNowhereIsRecovered() throws IOException, UnusableInputException {
        Execution.Result failed = Life.step(Life.of("migration/live"), "a_migrate_from_0@beta=1");
        assertThat(Life.names(failed.notDone())).contains("a_stop_0@alpha");
        Cib recovered = Life.step(failed.cib()).cib();
        assertThat(Life.wanted(recovered)).isEmpty();
    }

    @Test
    void anEmptyTransitionChangesNothing() throws IOException, UnusableInputException {
        Cib settled = Life.step(Life.of("start/cold")).cib();
        Execution.Result result = Life.step(settled);
        assertThat(result.steps()).isEmpty();
        assertThat(result.cib()).isEqualTo(settled);
    }

    @Test
    void ordersThatFormALoopAreNotCarriedOut() throws IOException, UnusableInputException {
        Cib cib = Life.of("start/cold");
        var graph = Life.transition(cib);
        var looped = new TransitionGraph(
                graph.attributes(),
                graph.synapses().stream()
                        .map(synapse -> new Synapse(
                                synapse.id(),
                                synapse.priority(),
                                synapse.action(),
                                List.of(synapse.action().id())))
                        .toList());
        Execution.Result result = Execution.of(cib, looped, List.of(), Life.NOW);
        assertThat(result.steps()).isEmpty();
        assertThat(result.notDone())
                .hasSameSizeAs(graph.synapses().stream()
                        .filter(synapse -> !(synapse.action() instanceof GraphAction.PseudoAction))
                        .toList());
    }
}
