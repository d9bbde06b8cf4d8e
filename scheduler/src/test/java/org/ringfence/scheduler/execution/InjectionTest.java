package org.ringfence.scheduler.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.ringfence.model.NodeId;
import org.ringfence.model.cib.Cib;
import org.ringfence.model.problem.UnusableInputException;

class InjectionTest {
    private static Cib with(Cib cib, Injection... injections) throws UnusableInputException {
        return Injection.applyAll(List.of(injections), cib, Life.NOW);
    }

    private static Injection ended(String outcome) {
        return new Injection.Ended(OperationOutcome.parse(outcome));
    }

    /** Where a runs on beta, and b and the fence device on alpha. */
    private static Cib running() throws IOException, UnusableInputException {
        return Life.step(Life.of("start/cold")).cib();
    }

    private static final NodeId BETA = new NodeId("beta");

    @Test
    void aNodeThatFailsIsFencedBeforeItsResourcesStartElsewhere() throws IOException, UnusableInputException {
        Cib failed = with(running(), new Injection.NodeFail(BETA));
        assertThat(Life.wanted(failed)).containsExactly("a_monitor_10000@alpha", "a_start_0@alpha", "stonith@beta");
        assertThat(Life.step(failed).steps().getFirst().action().operation()).isEqualTo("stonith");
    }

    @Test
    void aNodeThatLeavesInOrderIsNotFenced() throws IOException, UnusableInputException {
        Cib left = with(running(), new Injection.NodeDown(BETA));
        assertThat(Life.wanted(left)).containsExactly("a_monitor_10000@alpha", "a_start_0@alpha");
    }

    @Test
    void aNodeThatComesBackIsProbedFirst() throws IOException, UnusableInputException {
        Cib away = Life.step(with(running(), new Injection.NodeFail(BETA))).cib();
        Cib back = with(away, new Injection.NodeUp(BETA));
        assertThat(Life.wanted(back)).contains("a_monitor_0@beta", "b_monitor_0@beta", "fence_monitor_0@beta");
        assertThat(Life.wanted(Life.step(back).cib())).isEmpty();
    }

    @Test
    void withoutQuorumEverythingStops() throws IOException, UnusableInputException {
        assertThat(Life.wanted(with(running(), new Injection.Quorum(false)))).contains("a_stop_0@beta");
        assertThat(Life.wanted(with(running(), new Injection.Quorum(false), new Injection.Quorum(true))))
                .isEmpty();
    }

    @Test
    void aFailedMonitorIsCountedAndTheResourceRestarted() throws IOException, UnusableInputException {
        Cib failed = with(running(), ended("a_monitor_10000@beta=7"));
        assertThat(Life.node(failed, "beta").attributes()).containsEntry("fail-count-a#monitor_10000", "1");
        assertThat(Life.wanted(failed)).containsExactly("a_monitor_10000@beta", "a_start_0@beta", "a_stop_0@beta");
        Cib twice = with(failed, ended("a_monitor_10000@beta=1"));
        assertThat(Life.node(twice, "beta").attributes()).containsEntry("fail-count-a#monitor_10000", "2");
    }

    @Test
    void aProbeTellsAndDoesNotFail() throws IOException, UnusableInputException {
        Cib found = with(running(), ended("b_monitor_0@beta=0"));
        assertThat(Life.node(found, "beta").attributes()).isEmpty();
        assertThat(Life.wanted(found)).contains("b_stop_0@beta");
        Cib notFound = with(running(), ended("b_monitor_0@beta=7"));
        assertThat(Life.node(notFound, "beta").attributes()).isEmpty();
        assertThat(Life.wanted(notFound)).isEmpty();
    }

    @Test
    void aFailedStopGetsTheNodeFenced() throws IOException, UnusableInputException {
        Cib failed = with(running(), ended("a_stop_0@beta=1"));
        assertThat(Life.node(failed, "beta").attributes()).containsEntry("fail-count-a#stop_0", "INFINITY");
        assertThat(Life.wanted(failed)).contains("stonith@beta", "a_start_0@alpha");
    }

    @Test
    void interchangeableInstancesAreKnownByAnyOfTheirNames() throws IOException, UnusableInputException {
        Cib cib = with(Life.of("ticket/lost-where-promoted"), new Injection.Ticket("site", true));
        for (String name : new String[] {"s", "s:0", "s:5"}) {
            Cib failed = with(cib, ended(name + "_monitor_0@alpha=1"));
            assertThat(Life.node(failed, "alpha").history().keySet())
                    .contains("s")
                    .doesNotContain("s:0", "s:5");
        }
        Cib demoted = with(cib, ended("s_monitor_5000@beta=8"));
        assertThat(Life.node(demoted, "beta").attributes()).doesNotContainKey("fail-count-s#monitor_5000");
    }

    @Test
    void ticketsAreGrantedAndRevoked() throws IOException, UnusableInputException {
        Cib cib = Life.of("ticket/lost-where-promoted");
        assertThat(Life.wanted(cib)).containsExactly("stonith@beta");
        Cib granted = with(cib, new Injection.Ticket("site", true));
        assertThat(Life.wanted(granted)).isEmpty();
        assertThat(Life.wanted(with(granted, new Injection.Ticket("site", false))))
                .containsExactly("stonith@beta");
    }

    @Test
    void whatDoesNotExistIsRefused() throws IOException, UnusableInputException {
        Cib cib = Life.of("ticket/lost-where-promoted");
        refused(
                cib,
                new Injection.NodeUp(new NodeId("gamma")),
                "node gamma: is not in this cluster; its nodes are alpha, beta");
        refused(cib, new Injection.Ticket("other", true), "ticket other: is named by no constraint");
        refused(cib, ended("nothing_start_0@alpha=0"), "resource nothing: is not configured");
        refused(cib, ended("cl_start_0@gamma=0"), "node gamma: is not in this cluster; its nodes are alpha, beta");
        refused(
                cib,
                ended("cl_start_0@alpha=0"),
                "resource cl: is not one that an agent runs;"
                        + " name one of those in it, and of a clone with globally-unique an instance, as in db:0");
    }

    private static void refused(Cib cib, Injection injection, String why) {
        assertThatExceptionOfType(UnusableInputException.class)
                .isThrownBy(() -> with(cib, injection))
                .satisfies(refusal -> assertThat(refusal.problem()).hasToString(why));
    }
}
