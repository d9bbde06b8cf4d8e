package org.ringfence.daemon.status;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.ringfence.controller.ClusterStatus;
import org.ringfence.controller.request.Answer;
import org.ringfence.model.NodeId;

class RehearsalTest {
    private static final NodeId N1 = new NodeId("n1");
    private static final NodeId N2 = new NodeId("n2");

    private Optional<ClusterStatus.Progress> transition = Optional.empty();
    private boolean ready = true;

    private Rehearsal on(NodeId self) {
        return new Rehearsal(
                self,
                request -> CompletableFuture.completedFuture(
                        new Answer.Status(StatusSample.status(N1, StatusSample.cib(""), ready, transition))));
    }

    @Test
    void aNodeRehearsesTheLossOfTheDc() throws InterruptedException {
        assertThat(on(N2).attempt().orElseThrow()).isPositive();
    }

    @Test
    void theDcItselfHasNoNeedTo() throws InterruptedException {
        assertThat(on(N1).attempt()).hasValue(0);
    }

    @Test
    void itWaitsUntilTheClusterIsAtRest() throws InterruptedException {
        transition = Optional.of(new ClusterStatus.Progress(1, 0, 1, List.of()));
        assertThat(on(N2).attempt()).isEmpty();
        transition = Optional.empty();
        ready = false;
        assertThat(on(N2).attempt()).isEmpty();
    }
}
