package org.ringfence.daemon.status;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.ringfence.controller.ClusterStatus;
import org.ringfence.controller.history.HistoryEntry;
import org.ringfence.controller.request.Answer;
import org.ringfence.controller.request.Request;
import org.ringfence.daemon.history.Line;
import org.ringfence.model.NodeId;

/** A DC at rest, whose configuration changes; what it tells of single failures. */
class GapWatchTest {
    private static final NodeId N1 = new NodeId("n1");
    private static final String BANNED = "<rsc_location id='ban' rsc='db' node='n2' score='-INFINITY'/>";

    private final List<Line> history = new ArrayList<>();
    private final List<Request.SetAttribute> told = new ArrayList<>();
    private final GapWatch watch = new GapWatch(N1, () -> history, this::answer);
    private String cib = StatusSample.cib("");
    private NodeId answeredBy = N1;
    private boolean ready = true;
    private Optional<ClusterStatus.Progress> transition = Optional.empty();

    private CompletableFuture<Answer> answer(Request request) {
        return CompletableFuture.completedFuture(
                switch (request) {
                    case Request.SetAttribute set -> {
                        told.add(set);
                        yield new Answer.Done("set", List.of());
                    }
                    default -> new Answer.Status(StatusSample.status(answeredBy, cib, ready, transition));
                });
    }

    private void changed(int second, String node) {
        var entry = new HistoryEntry(
                Instant.ofEpochSecond(second),
                new NodeId(node),
                HistoryEntry.Kind.CONFIGURATION_CHANGED,
                "",
                "changed",
                new LinkedHashMap<>());
        history.add(new Line(entry, Duration.ZERO));
    }

    private List<Optional<String>> told() {
        return told.stream().map(Request.SetAttribute::value).toList();
    }

    @Test
    void aGapThatAChangeBringsIsToldAndTakenBackWithTheNext() throws InterruptedException {
        changed(1, "n1");
        watch.look();
        assertThat(told()).as("nothing to compare with").isEmpty();

        cib = StatusSample.cib(BANNED);
        changed(2, "n1");
        watch.look();
        assertThat(told())
                .singleElement()
                .satisfies(value ->
                        assertThat(value.orElseThrow()).contains("node n1").contains("resource db"));

        cib = StatusSample.cib("");
        changed(3, "n1");
        watch.look();
        assertThat(told()).hasSize(2).last().isEqualTo(Optional.empty());
    }

    @Test
    void withoutAChangeNothingIsLookedAtAgain() throws InterruptedException {
        changed(1, "n1");
        watch.look();
        cib = StatusSample.cib(BANNED);
        watch.look();
        assertThat(told()).isEmpty();
        changed(2, "n2");
        watch.look();
        assertThat(told()).as("another node's word is not the DC's").isEmpty();
    }

    @Test
    void itWaitsUntilTheClusterIsAtRest() throws InterruptedException {
        changed(1, "n1");
        watch.look();
        cib = StatusSample.cib(BANNED);
        changed(2, "n1");
        transition = Optional.of(new ClusterStatus.Progress(1, 0, 1, List.of()));
        watch.look();
        transition = Optional.empty();
        ready = false;
        watch.look();
        ready = true;
        answeredBy = new NodeId("n2");
        watch.look();
        assertThat(told()).isEmpty();
        answeredBy = N1;
        watch.look();
        assertThat(told()).hasSize(1);
    }

    @Test
    void aConfigurationThatIsTooLargeForADaemonIsLeftAlone() throws InterruptedException {
        changed(1, "n1");
        watch.look();
        cib = StatusSample.cib(BANNED) + "<!--" + " ".repeat(200_000) + "-->";
        changed(2, "n1");
        watch.look();
        assertThat(told()).isEmpty();
    }
}
