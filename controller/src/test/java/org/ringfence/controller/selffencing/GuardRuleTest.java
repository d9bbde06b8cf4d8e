package org.ringfence.controller.selffencing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.ringfence.controller.selffencing.GuardRule.CLEAN;
import static org.ringfence.controller.selffencing.GuardRule.NEVER;
import static org.ringfence.controller.selffencing.GuardVerdict.DAEMON_SILENT;
import static org.ringfence.controller.selffencing.GuardVerdict.DISKS_AND_QUORUM_LOST;
import static org.ringfence.controller.selffencing.GuardVerdict.FEED;
import static org.ringfence.controller.selffencing.GuardVerdict.NO_QUORUM;

import org.junit.jupiter.api.Test;

class GuardRuleTest {
    private static final long HOLD = 3_000;
    private static final GuardRule DISKLESS = new GuardRule(0, HOLD);
    private static final GuardRule ONE_DISK = new GuardRule(1, HOLD);

    @Test
    void disklessFeedsWhileTheLeaseIsYoungerThanTheHoldTime() {
        assertThat(DISKLESS.judge(10_000, 0, 9_999, 7_001, 0)).isEqualTo(FEED);
        assertThat(DISKLESS.judge(10_000, 0, 9_999, 7_000, 0)).isEqualTo(NO_QUORUM);
        assertThat(DISKLESS.judge(10_000, 0, 9_999, NEVER, 0)).isEqualTo(NO_QUORUM);
    }

    @Test
    void aSilentDaemonStarvesTheWatchdogWhateverElseIsWell() {
        assertThat(DISKLESS.judge(10_000, 0, 7_000, 9_999, 0)).isEqualTo(DAEMON_SILENT);
        assertThat(ONE_DISK.judge(10_000, 1, 7_000, 9_999, 0)).isEqualTo(DAEMON_SILENT);
        assertThat(ONE_DISK.judge(10_000, 1, 7_001, NEVER, 0)).isEqualTo(FEED);
    }

    @Test
    void aDaemonThatNeverSpokeOrLeftWithNothingRunningIsNoReason() {
        assertThat(DISKLESS.judge(10_000, 0, NEVER, NEVER, 0)).isEqualTo(FEED);
        assertThat(ONE_DISK.judge(10_000, 0, 1, NEVER, CLEAN)).isEqualTo(FEED);
    }

    @Test
    void withDisksTheDisksOrTheQuorumWillDo() {
        assertThat(ONE_DISK.judge(10_000, 1, 9_999, NEVER, 0)).isEqualTo(FEED);
        assertThat(ONE_DISK.judge(10_000, 0, 9_999, 9_000, 0)).isEqualTo(FEED);
        assertThat(ONE_DISK.judge(10_000, 0, 9_999, 7_000, 0)).isEqualTo(DISKS_AND_QUORUM_LOST);
    }

    @Test
    void whateverMajorityWroteSharesADiskWithThoseThatAreRead() {
        for (int disks = 1; disks <= 3; disks++) {
            int written = disks / 2 + 1;
            var rule = new GuardRule(disks, HOLD);
            assertThat(rule.disksNeeded() + written).isGreaterThan(disks);
            // One fewer could miss it, so no more is asked for than that.
            assertThat(rule.disksNeeded() - 1 + written).isLessThanOrEqualTo(disks);
            assertThat(rule.judge(10_000, rule.disksNeeded() - 1, 9_999, NEVER, 0))
                    .isEqualTo(DISKS_AND_QUORUM_LOST);
            assertThat(rule.judge(10_000, rule.disksNeeded(), 9_999, NEVER, 0)).isEqualTo(FEED);
        }
    }

    @Test
    void timesAreComparedByTheirDifferenceAlsoWhereTheClockIsNegative() {
        assertThat(DISKLESS.judge(-1, 0, -2, -2_999, 0)).isEqualTo(FEED);
        assertThat(DISKLESS.judge(1_000, 0, 999, -2_000, 0)).isEqualTo(NO_QUORUM);
        assertThat(DISKLESS.isFresh(10_000, 10_001)).isFalse();
    }

    @Test
    void aRuleThatPromisesNothingIsRefused() {
        assertThatThrownBy(() -> new GuardRule(4, HOLD)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new GuardRule(1, 0)).isInstanceOf(IllegalArgumentException.class);
    }
}
