package org.ringfence.controller;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.ringfence.controller.membership.ViewNumber;
import org.ringfence.controller.message.Message;
import org.ringfence.model.AgentName;
import org.ringfence.model.NodeId;
import org.ringfence.model.status.ExecutionStatus;
import org.ringfence.model.status.OperationRecord;
import org.ringfence.model.status.ResourceHistories;
import org.ringfence.model.status.ResourceHistory;
import org.ringfence.model.xml.Attributes;

/** What others remember may be a lot, and is handed on from event to event as it is. */
class KnowledgeTest {
    private static final NodeId ALPHA = new NodeId("alpha");
    private static final NodeId BETA = new NodeId("beta");
    private static final Now NOW = new Now(Instant.EPOCH, 0, 0);

    private static Message.Result result(String resource, String operation, int exitCode) {
        var record = new OperationRecord(
                resource + "_last_0",
                resource + "_" + operation + "_0",
                operation,
                Duration.ZERO,
                1,
                exitCode,
                ExecutionStatus.DONE,
                Instant.EPOCH,
                Duration.ZERO,
                "",
                "",
                Optional.empty(),
                Optional.empty(),
                Attributes.NONE,
                Attributes.NONE);
        return new Message.Result(
                new ViewNumber(1, ALPHA), resource, new AgentName("ocf", "p", "t"), record, Optional.empty());
    }

    private static ResourceHistories of(ControllerState state) {
        return ResourceHistories.copyOf(state.histories().getOrDefault(BETA, ResourceHistories.NONE));
    }

    private static ResourceHistory of(ControllerState state, String resource) {
        return Optional.ofNullable(of(state).get(resource)).orElseThrow();
    }

    private static ControllerState after(ControllerState state, Message.Result result) {
        var turn = new Turn(state, NOW);
        Knowledge.result(turn, BETA, result);
        return turn.end().state();
    }

    @Test
    void aResultChangesOneEntryAndCopiesNoOther() {
        var settings = new Settings("test", ALPHA, List.of(ALPHA, BETA), Duration.ZERO);
        ControllerState both =
                after(after(ControllerState.initial(settings), result("web", "start", 0)), result("db", "start", 0));
        assertThat(of(new Turn(both, NOW).end().state())).isSameAs(of(both));

        ControllerState changed = after(both, result("web", "stop", 1));

        assertThat(of(changed, "db")).isSameAs(of(both, "db"));
        assertThat(of(changed, "web").operations().getLast().exitCode()).isEqualTo(1);
        assertThat(of(both, "web").operations().getLast().exitCode()).isZero();
        assertThat(of(after(changed, result("web", "delete", 0)))).containsOnlyKeys("db");
    }
}
