package org.ringfence.controller.selffencing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.ringfence.controller.facts.Fact;
import org.ringfence.controller.facts.FactsState;
import org.ringfence.controller.membership.Quorum;
import org.ringfence.controller.membership.ViewNumber;
import org.ringfence.model.NodeId;
import org.ringfence.model.cib.Cib;
import org.ringfence.model.cib.CibEdit;

class SelfFencingTest {
    private static final NodeId ONE = new NodeId("n1");
    private static final Quorum THREE = new Quorum(List.of(ONE, new NodeId("n2"), new NodeId("n3")));

    private static GuardPromise promise(long hold, long watchdog) {
        return new GuardPromise(Duration.ofMillis(hold), Duration.ofMillis(watchdog), 0, Duration.ZERO);
    }

    private static FactsState knowing(GuardPromise promise) {
        var key = new Fact.Key(Fact.Kind.GUARD, "n1", "");
        return FactsState.EMPTY.with(new ViewNumber(1, ONE), key, Optional.of(promise.text()));
    }

    private static Cib waiting(String value) {
        return CibEdit.withProperty(Cib.EMPTY, "fencing-watchdog-timeout", value);
    }

    @Test
    void whatIsNeededIsBothTimesAndTwoHundredthsAndASecond() {
        assertThat(SelfFencing.needed(promise(8_000, 10_000))).isEqualTo(Duration.ofMillis(19_360));
    }

    @Test
    void theHoldTimeIsTheLongestForWhichTheWaitIsEnough() {
        for (long watchdog : new long[] {5_000, 10_000, 15_000, 60_000}) {
            Duration wait = Duration.ofMillis(2 * watchdog);
            Duration hold = SelfFencing.hold(wait, Duration.ofMillis(watchdog)).orElseThrow();
            assertThat(SelfFencing.needed(promise(hold.toMillis(), watchdog))).isLessThanOrEqualTo(wait);
            assertThat(SelfFencing.needed(promise(hold.toMillis() + 2, watchdog)))
                    .isGreaterThan(wait);
        }
    }

    @Test
    void aWaitThatIsNoLongerThanTheWatchdogLeavesNoHoldTime() {
        assertThat(SelfFencing.hold(Duration.ofSeconds(5), Duration.ofSeconds(5)))
                .isEmpty();
    }

    @Test
    void aNodeWithAnArmedGuardIsCoveredWhereTheWaitIsLongEnough() {
        assertThat(SelfFencing.shortfall(waiting("20s"), knowing(promise(8_000, 10_000)), THREE, ONE))
                .isEmpty();
        assertThat(SelfFencing.call(waiting("20s"), knowing(promise(8_000, 10_000)), THREE, ONE, "reboot"))
                .hasValueSatisfying(call -> assertThat(call.timeout()).isEqualTo(Duration.ofSeconds(20)));
    }

    @Test
    void theOldNameOfThePropertyMeansTheSame() {
        Cib old = CibEdit.withProperty(Cib.EMPTY, "stonith-watchdog-timeout", "20");
        assertThat(SelfFencing.shortfall(old, knowing(promise(8_000, 10_000)), THREE, ONE))
                .isEmpty();
    }

    @Test
    void aNegativeValueIsTwiceTheWatchdogsTimeoutOfThatNode() {
        assertThat(SelfFencing.call(waiting("-1"), knowing(promise(8_000, 10_000)), THREE, ONE, "off"))
                .hasValueSatisfying(call -> assertThat(call.timeout()).isEqualTo(Duration.ofSeconds(20)));
        assertThat(SelfFencing.call(waiting("-1"), knowing(promise(20_000, 30_000)), THREE, ONE, "off"))
                .hasValueSatisfying(call -> assertThat(call.timeout()).isEqualTo(Duration.ofSeconds(60)));
    }

    @Test
    void aWaitThatIsTooShortIsRefusedWithTheSum() {
        assertThat(SelfFencing.shortfall(waiting("19s"), knowing(promise(8_000, 10_000)), THREE, ONE))
                .hasValueSatisfying(why -> assertThat(why).contains("19000 ms is too short for n1", "19360 ms"));
    }

    @Test
    void aNodeThatHasPromisedNothingIsNotCovered() {
        assertThat(SelfFencing.shortfall(waiting("20s"), FactsState.EMPTY, THREE, ONE))
                .hasValueSatisfying(why -> assertThat(why).contains("not known to run an armed guard"));
    }

    @Test
    void twoNodesAreNotCoveredByTheirWatchdogsAlone() {
        var two = new Quorum(List.of(ONE, new NodeId("n2")));
        assertThat(SelfFencing.shortfall(waiting("20s"), knowing(promise(8_000, 10_000)), two, ONE))
                .hasValueSatisfying(why -> assertThat(why).contains("two nodes need a shared disk"));
    }

    @Test
    void aGuardWithDisksMayFeedWithoutALeaseSoItsWatchdogAloneProvesNothing() {
        var disks = new GuardPromise(Duration.ofSeconds(8), Duration.ofSeconds(10), 3, Duration.ofSeconds(20));
        assertThat(SelfFencing.shortfall(waiting("20s"), knowing(disks), THREE, ONE))
                .isPresent();
        assertThat(SelfFencing.isWatchingDisks(knowing(disks), ONE)).isTrue();
        var hasty = new GuardPromise(Duration.ofSeconds(8), Duration.ofSeconds(10), 3, Duration.ofSeconds(15));
        assertThat(SelfFencing.isWatchingDisks(knowing(hasty), ONE)).isFalse();
    }

    @Test
    void switchingOnIsNothingThatAWatchdogDoes() {
        assertThat(SelfFencing.call(waiting("20s"), knowing(promise(8_000, 10_000)), THREE, ONE, "on"))
                .isEmpty();
    }

    @Test
    void aPromiseIsReadAsItWasWritten() {
        var promise = new GuardPromise(Duration.ofMillis(8_627), Duration.ofSeconds(10), 2, Duration.ofSeconds(20));
        assertThat(GuardPromise.read(promise.text())).contains(promise);
        assertThat(GuardPromise.read("8 9 x 0")).isEmpty();
        assertThat(GuardPromise.read("8000 0 0 0")).isEmpty();
        assertThat(GuardPromise.read("")).isEmpty();
    }
}
