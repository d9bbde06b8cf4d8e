package org.ringfence.guard.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.ringfence.guard.settings.GuardSettings;
import org.ringfence.model.sbd.SbdHeader;
import org.ringfence.model.settings.SettingsLines;

class ChainTest {
    private static GuardSettings settings(String... lines) throws Exception {
        var all = new ArrayList<>(List.of("node = n1", "watchdog = /dev/watchdog"));
        all.addAll(List.of(lines));
        return GuardSettings.of(SettingsLines.read("conf", all, _ -> true, "")).orElseThrow();
    }

    private static SbdHeader header(int watchdog, int msgwait) {
        return SbdHeader.create(new UUID(1, 2), 512, new SbdHeader.Timeouts(watchdog, 2, 1, msgwait));
    }

    @Test
    void theDisksTimesComeBeforeTheConfigurations() throws Exception {
        Chain chain = Chain.of(settings("watchdog-timeout = 30s"), List.of(header(5, 10)));
        assertThat(chain.watchdogSeconds()).isEqualTo(5);
        assertThat(chain.hold()).isEqualTo(Duration.ofSeconds(3));
        assertThat(chain.bound()).isLessThan(chain.msgwait());
        assertThat(Chain.of(settings("watchdog-timeout = 30s"), List.of()).watchdogSeconds())
                .isEqualTo(30);
    }

    @Test
    void feedingIsHeldShorterWhereMsgwaitLeavesLess() throws Exception {
        assertThat(Chain.of(settings(), List.of(header(5, 8))).hold()).isLessThan(Duration.ofSeconds(3));
    }

    @Test
    void timesThatDoNotAddUpAreRefusedWithTheArithmetic() {
        assertThatThrownBy(() -> Chain.of(settings(), List.of(header(5, 6))))
                .isInstanceOf(Chain.ContradictionException.class)
                .hasMessageContaining("msgwait");
        assertThatThrownBy(() -> Chain.of(settings("guard-hold = 6s"), List.of(header(5, 10))))
                .hasMessageContaining("hold 6000 ms + watchdog 5000 ms");
    }

    @Test
    void disksThatDisagreeAreRefused() {
        assertThatThrownBy(() -> Chain.of(settings(), List.of(header(5, 10), header(5, 20))))
                .hasMessageContaining("the disks differ");
    }
}
