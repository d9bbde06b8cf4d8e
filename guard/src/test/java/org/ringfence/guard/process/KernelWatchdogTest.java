package org.ringfence.guard.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.ringfence.model.watchdog.WatchdogRange;

class KernelWatchdogTest {
    private static final String PATH = "/dev/watchdog0";

    @Test
    void aRefusedTimeoutComesWithTheNearestThatTheDriverTakesAndWhatItMeans() {
        assertThat(KernelWatchdog.remedy(PATH, 5, Optional.of(new WatchdogRange(30, 600, 1))))
                .isEqualTo("it takes 30 to 600 s, so set watchdog-timeout = 30s (this node's peers then wait for it at"
                        + " least 60 s)");
        assertThat(KernelWatchdog.remedy(PATH, 15, Optional.of(new WatchdogRange(10, 600, 10))))
                .contains("watchdog-timeout = 10s", " or watchdog-timeout = 20s");
    }

    @Test
    void ofADriverThatWasNeverQuestionedItSaysHowToAsk() {
        assertThat(KernelWatchdog.remedy(PATH, 5, Optional.empty())).endsWith("ringfence watchdog probe -d " + PATH);
    }
}
