package org.ringfence.model.watchdog;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class WatchdogFactTest {

    @Test
    void itIsWhatItsLineSays() {
        WatchdogFact softdog =
                new WatchdogFact(Optional.of(new WatchdogRange(1, 65_535, 1)), WatchdogQuality.SOFTWARE, "softdog");
        assertThat(softdog).hasToString("1-65535 software softdog");
        assertThat(WatchdogFact.parse("1-65535 software softdog\n")).contains(softdog);
        WatchdogFact fixed = new WatchdogFact(Optional.empty(), WatchdogQuality.HARDWARE, "An old card");
        assertThat(WatchdogFact.parse(fixed.toString())).contains(fixed);
    }

    @Test
    void anythingElseIsNone() {
        for (String none :
                new String[] {"", "1-65535", "1-65535 good softdog", "7-3 software softdog", "what hardware x"}) {
            assertThat(WatchdogFact.parse(none)).as(none).isEmpty();
        }
    }
}
