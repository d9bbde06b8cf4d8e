package org.ringfence.demo.timeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import org.junit.jupiter.api.Test;
import org.ringfence.api.history.HistoryEntry;
import org.ringfence.api.history.HistoryKind;
import org.ringfence.demo.client.Attempt;
import org.ringfence.model.NodeId;

class RecoveryTest {
    private static final Instant FAULT = Instant.parse("2026-01-01T00:00:00Z");

    @Test
    void tellsWhatHappenedInTheOrderInWhichItDid() {
        Recovery recovery = Recovery.of(
                new Phase("fault", "n2 loses power", FAULT),
                "n2",
                List.of(
                        action(HistoryKind.ACTION_ENDED, 660, "n3", "web-service", "start"),
                        entry(HistoryKind.NODE_LOST, 400, "n3", "n2"),
                        entry(HistoryKind.NODE_LOST, 380, "n1", "n2"),
                        entry(HistoryKind.NODE_LOST, -5, "n1", "n2"),
                        entry(HistoryKind.VIEW_AGREED, 450, "n1", ""),
                        entry(HistoryKind.FENCE_ASKED, 460, "n1", "n2"),
                        entry(HistoryKind.TRANSITION_COMPUTED, 455, "n1", ""),
                        entry(HistoryKind.FENCE_CONFIRMED, 500, "n1", "n2"),
                        entry(HistoryKind.TRANSITION_COMPUTED, 505, "n1", ""),
                        action(HistoryKind.ACTION_BEGUN, 510, "n3", "web-address", "start"),
                        action(HistoryKind.ACTION_ENDED, 600, "n3", "web-address", "start"),
                        entry(HistoryKind.TRANSITION_COMPUTED, 690, "n1", "")),
                new Attempt(FAULT.plusMillis(690), FAULT.plusMillis(700), "n3", ""));

        assertThat(recovery.phases())
                .extracting(Phase::name)
                .containsExactly(
                        "fault",
                        "noticed",
                        "view agreed",
                        "fence asked",
                        "fence confirmed",
                        "transition computed",
                        "address up",
                        "service up",
                        "client answered");
        assertThat(recovery.phases().get(1).text()).isEqualTo("n1 notices");
        assertThat(recovery.after(recovery.phases().get(1))).isEqualTo(Duration.ofMillis(380));
        assertThat(recovery.after(recovery.phases().get(5))).isEqualTo(Duration.ofMillis(505));
        assertThat(recovery.took(recovery.phases().getLast())).isEqualTo(Duration.ofMillis(40));
        assertThat(recovery.downtime()).isEqualTo(Duration.ofMillis(700));
    }

    @Test
    void leavesOutWhatNobodyHasOnRecordAndWhatTheVictimClaims() {
        Recovery recovery = Recovery.of(
                new Phase("fault", "n2 is cut off", FAULT),
                "n2",
                List.of(entry(HistoryKind.VIEW_AGREED, 300, "n2", "")),
                new Attempt(FAULT.plusMillis(690), FAULT.plusMillis(700), "n3", ""));
        assertThat(recovery.phases()).extracting(Phase::name).containsExactly("fault", "client answered");
    }

    private static HistoryEntry entry(HistoryKind kind, int afterMs, String node, String subject) {
        return new HistoryEntry(
                FAULT.plusMillis(afterMs),
                new NodeId(node),
                kind,
                subject,
                "text",
                Optional.empty(),
                new LinkedHashMap<>());
    }

    private static HistoryEntry action(HistoryKind kind, int afterMs, String node, String subject, String operation) {
        SequencedMap<String, String> details = new LinkedHashMap<>();
        details.put("operation", operation);
        details.put("target", node);
        return new HistoryEntry(
                FAULT.plusMillis(afterMs), new NodeId(node), kind, subject, "text", Optional.empty(), details);
    }
}
