package org.ringfence.systemtest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.ringfence.demo.client.Attempt;
import org.ringfence.demo.cluster.Cluster;
import org.ringfence.demo.cluster.ClusterNode;
import org.ringfence.demo.cluster.Fencing;
import org.ringfence.demo.host.Kernel;
import org.ringfence.demo.watchdog.WatchdogBoxes.Fired;

/** Without a power switch: hosts with watchdogs and guards, and a shared disk or none. */
class SelfFencingTest extends SystemTest {
    /** Hold time and watchdog's timeout, as the guards say when they start. */
    private static final Duration BOUND = Duration.ofSeconds(8);

    /** What a busy machine may be late with looking at the watchdogs and ending a host's processes. */
    private static final Duration SLACK = Duration.ofSeconds(3);

    private Fired ended(ClusterNode node, Instant from) {
        return Cluster.await(
                node + " ended by its own watchdog or guard",
                RECOVERY,
                () -> cluster().watchdogBoxes().orElseThrow().fired().stream()
                        .filter(fired ->
                                fired.host().equals(node.name()) && fired.at().isAfter(from))
                        .findFirst());
    }

    private void isInTimeAndBefore(Fired fired, Instant fault, Attempt back) {
        assertThat(Duration.between(fault, fired.at())).isLessThan(BOUND.plus(SLACK));
        assertThat(fired.at())
                .as("dead before its service is answered elsewhere")
                .isBefore(back.ended());
    }

    @Test
    void aNodeThatIsCutOffReadsItsMessageOnTheSharedDisk() throws Exception {
        usualCluster(Fencing.SBD);
        ClusterNode victim = holder();
        Instant fault = Instant.now();
        victim.machine().cutLink();
        Attempt back = awaitAnswerByAnotherThan(victim, fault);
        Fired fired = ended(victim, fault);
        isInTimeAndBefore(fired, fault, back);
        assertThat(fired.starved()).as("its guard has obeyed").isFalse();
        assertThat(Duration.between(fault, back.ended()))
                .as("msgwait was waited for")
                .isGreaterThan(Duration.ofSeconds(10));
        assertThat(victim.state().resolve("guard-note")).content().contains("reset was asked for by");
    }

    @Test
    void aNodeWhoseDaemonDiesEndsItselfAndSaysWhyAfterTheBoot() throws Exception {
        usualCluster(Fencing.SBD);
        ClusterNode victim = holder();
        Instant fault = Instant.now();
        victim.killDaemon();
        Attempt back = awaitAnswerByAnotherThan(victim, fault);
        isInTimeAndBefore(ended(victim, fault), fault, back);
        victim.start();
        cluster().awaitMembers(RECOVERY);
        assertThat(victim.status().guard().orElseThrow().why()).isNotEmpty();
        assertThat(victim.history(fault)).anyMatch(entry -> entry.text().startsWith("the guard ended this host"));
    }

    @Test
    void aNodeWhoseGuardDiesIsEndedByItsWatchdog() throws Exception {
        usualCluster(Fencing.SBD);
        ClusterNode victim = holder();
        Instant fault = Instant.now();
        Kernel.signal(victim.guardPid().orElseThrow(), Kernel.Signal.KILL);
        Attempt back = awaitAnswerByAnotherThan(victim, fault);
        Fired fired = ended(victim, fault);
        isInTimeAndBefore(fired, fault, back);
        assertThat(fired.starved()).isTrue();
    }

    @Test
    void withoutAnyDiskACutOffNodeEndsItselfAndItsPeersWaitForThat() throws Exception {
        usualCluster(Fencing.WATCHDOG);
        ClusterNode victim = holder();
        Instant fault = Instant.now();
        victim.machine().cutLink();
        Attempt back = awaitAnswerByAnotherThan(victim, fault);
        isInTimeAndBefore(ended(victim, fault), fault, back);
        assertThat(victim.state().resolve("guard-note")).content().contains("no quorum has answered");
    }

    @Test
    void aNodeThatMustHaveAGuardDoesNotRunWithoutOne() throws Exception {
        usualCluster(Fencing.SBD);
        ClusterNode victim = holder();
        victim.off();
        victim.startWithoutGuard();
        Cluster.await("the refusal", Duration.ofSeconds(90), () -> {
            try {
                return log(victim).contains("refused: the guard of this node is not running")
                        ? Optional.of(true)
                        : Optional.empty();
            } catch (IOException unreadable) {
                throw new UncheckedIOException(unreadable);
            }
        });
        assertThat(victim.daemonPid()).isEmpty();
    }
}
