package org.ringfence.model.watchdog;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class WatchdogRangeTest {
    private static final WatchdogRange TENS = new WatchdogRange(10, 605, 10);

    @Test
    void itIsWhatItsTextSays() {
        assertThat(WatchdogRange.parse("1-2046")).contains(new WatchdogRange(1, 2046, 1));
        assertThat(WatchdogRange.parse("10-605/10")).contains(TENS);
        assertThat(TENS).hasToString("10-605/10");
        for (String none : new String[] {"", "5", "0-7", "9-3", "1-5/0", "1-99999999999", "a-b"}) {
            assertThat(WatchdogRange.parse(none)).as(none).isEmpty();
        }
    }

    @Test
    void theNearestAreBelowAndAbove() {
        assertThat(TENS.nearest(34)).containsExactly(30, 40);
        assertThat(TENS.nearest(40)).containsExactly(40);
        assertThat(TENS.nearest(5)).containsExactly(10);
        assertThat(TENS.nearest(603)).containsExactly(600);
        assertThat(new WatchdogRange(1, 2046, 1).nearest(2047)).containsExactly(2046);
        assertThat(TENS.takes(600)).isTrue();
        assertThat(TENS.takes(605)).isFalse();
    }

    @Test
    void atLeastIsTheFirstThatIsLongEnough() {
        assertThat(TENS.atLeast(31)).contains(40);
        assertThat(TENS.atLeast(601)).isEmpty();
    }
}
