package org.ringfence.controller.resources;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.ringfence.controller.Effect;
import org.ringfence.controller.Outcomes;
import org.ringfence.controller.Step;
import org.ringfence.controller.membership.ViewNumber;
import org.ringfence.controller.message.Message;
import org.ringfence.controller.port.ResourceAgents;
import org.ringfence.model.AgentName;
import org.ringfence.model.NodeId;
import org.ringfence.model.graph.GraphAction.ResourceAction;
import org.ringfence.model.graph.GraphAction.ResourceName;
import org.ringfence.model.status.ExecutionStatus;

class ResourcesTest {
    private static final NodeId N1 = new NodeId("n1");
    private static final AgentName AGENT = new AgentName("ocf", "heartbeat", "pgsql");

    private ResourcesState state = ResourcesState.initial();

    /** Has an operation of the first instance of a clone begun and ended, and gives what its agent was asked. */
    private ResourceAgents.Request carryOut(String operation, int exitCode) {
        return carryOut(operation, exitCode, "");
    }

    private ResourceAgents.Request carryOut(String operation, int exitCode, String digest) {
        var action = new ResourceAction(
                1,
                operation,
                "db_" + operation + "_0",
                N1,
                "1",
                Optional.empty(),
                new ResourceName("db", Optional.of("db:1"), AGENT),
                new LinkedHashMap<>());
        var view = new ViewNumber(1, N1);
        Step<ResourcesState> begun =
                Resources.step(state, new Resources.Event.Execute(action, "1:1:0:n1", new Message.Asked(view, 1, 1)));
        state = begun.state();
        ResourceAgents.Request request = begun.effects().stream()
                .filter(Effect.RunAgent.class::isInstance)
                .map(effect -> ((Effect.RunAgent) effect).request())
                .findFirst()
                .orElseThrow();
        var result = new ResourceAgents.Result(
                request.token(),
                ExecutionStatus.DONE,
                exitCode,
                "",
                "",
                Instant.EPOCH,
                Duration.ZERO,
                new LinkedHashMap<>(Map.of("op-digest", digest)));
        Step<ResourcesState> ended = Resources.step(state, new Resources.Event.Finished(result));
        state = ended.state();
        assertThat(ended.effects().stream().filter(Effect.OperationEnded.class::isInstance))
                .as("whoever asked is told")
                .hasSize(1)
                .allSatisfy(effect -> assertThat(Outcomes.failed(((Effect.OperationEnded) effect).operation()))
                        .isEqualTo(exitCode != 0 && !operation.equals("notify")));
        return request;
    }

    private List<String> history() {
        return Objects.requireNonNull(state.resources().get("db")).history().values().stream()
                .map(record -> record.id() + " " + record.operation())
                .toList();
    }

    @Test
    void instancesThatAreAllAlikeGoByOneName() {
        assertThat(carryOut("start", 0).resource()).isEqualTo("db");
        assertThat(state.resources().keySet()).containsExactly("db");
    }

    @Test
    void aNotificationHidesNothingOfWhatWasDone() {
        carryOut("start", 0);
        carryOut("notify", 0);
        assertThat(history()).containsExactly("db_last_0 start");
    }

    @Test
    void aNotificationThatFailsIsNoFailure() {
        carryOut("start", 0);
        carryOut("notify", 1);
        assertThat(history()).containsExactly("db_last_0 start");
        carryOut("promote", 1);
        assertThat(history()).containsExactly("db_last_0 promote", "db_last_failure_0 promote");
    }

    @Test
    void itIsRememberedWithWhichParametersItRuns() {
        carryOut("stop", 0, "older");
        assertThat(digests()).as("of what is not there").isEmpty();
        carryOut("start", 0, "old");
        assertThat(digests()).containsExactly("old");
        carryOut("reload-agent", 0, "new");
        assertThat(history()).containsExactly("db_last_0 start");
        assertThat(digests()).containsExactly("new");
        carryOut("reload-agent", 1, "newer");
        assertThat(history()).containsExactly("db_last_0 reload-agent", "db_last_failure_0 reload-agent");
        assertThat(digests()).as("the failure does not end with a change").containsExactly("newer");
    }

    private List<String> digests() {
        return Objects.requireNonNull(state.resources().get("db")).history().values().stream()
                .flatMap(record -> record.digests().values().stream())
                .toList();
    }
}
