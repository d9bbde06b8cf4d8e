package org.ringfence.demo.power;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PowerSwitchTest {
    @TempDir
    Path folder;

    private final Lamp lamp = new Lamp("n1");
    private final Lamp other = new Lamp("n2");
    private PowerSwitch power;

    /** What hangs on a plug, as simple as it gets. */
    private static final class Lamp implements Plug {
        private final String host;
        private volatile boolean on = true;

        Lamp(String host) {
            this.host = host;
        }

        @Override
        public String host() {
            return host;
        }

        @Override
        public void off() {
            on = false;
        }

        @Override
        public void on() {
            on = true;
        }

        @Override
        public boolean isOn() {
            return on;
        }
    }

    private record Said(int status, String output, Duration took) {}

    @BeforeEach
    void start() throws IOException {
        PowerSwitch.install(folder.resolve("agents"));
        power = new PowerSwitch(folder.resolve("switch"), List.of(lamp, other), Duration.ofMillis(300));
    }

    @AfterEach
    void stop() throws IOException {
        power.close();
    }

    @Test
    void offIsConfirmedWhenThePowerIsCut() throws Exception {
        assertThat(ask("off", "n1").status()).isZero();
        assertThat(lamp.on).isFalse();
        assertThat(other.on).isTrue();
        assertThat(ask("status", "n1").status()).isEqualTo(2);
        assertThat(ask("status", "n2").status()).isZero();
        assertThat(ask("on", "n1").status()).isZero();
        assertThat(lamp.on).isTrue();
        assertThat(power.cut("n1", Instant.EPOCH)).isPresent();
    }

    @Test
    void rebootIsConfirmedDarkAndTheHostComesBackByItself() throws Exception {
        assertThat(ask("reboot", "n1").status()).isZero();
        assertThat(lamp.on).isFalse();
        for (int wait = 0; wait < 300 && !lamp.on; wait++) {
            Thread.sleep(10);
        }
        assertThat(lamp.on).isTrue();
    }

    @Test
    void listNamesEveryPlugAndMonitorNeedsNone() throws Exception {
        assertThat(ask("list", "").output()).isEqualTo("n1,\nn2,\n");
        assertThat(ask("monitor", "").status()).isZero();
        assertThat(ask("metadata", "").output()).contains("<resource-agent name=\"fence_demo\"");
    }

    @Test
    void aFailingSwitchLeavesThePowerOnAndSaysSo() throws Exception {
        power.behave("n1", new Behaviour.Fails());
        Said said = ask("off", "n1");
        assertThat(said.status()).isEqualTo(1);
        assertThat(said.output()).contains("the power switch says 'failed'");
        assertThat(lamp.on).isTrue();
        assertThat(power.cut("n1", Instant.EPOCH)).isEmpty();
    }

    @Test
    void aLyingSwitchIsNoWitnessOfACut() throws Exception {
        power.behave("n1", new Behaviour.Lies());
        assertThat(ask("off", "n1").status()).isZero();
        assertThat(lamp.on).isTrue();
        assertThat(power.cut("n1", Instant.EPOCH)).isEmpty();
    }

    @Test
    void aSlowSwitchCutsLateAndAnotherAnswersLate() throws Exception {
        power.behave("n1", new Behaviour.Slow(Duration.ofMillis(400)));
        power.behave("n2", new Behaviour.AnswersLate(Duration.ofMillis(400)));
        Said slow = ask("off", "n1");
        Said late = ask("off", "n2");
        assertThat(slow.took()).isGreaterThan(Duration.ofMillis(400));
        assertThat(late.took()).isGreaterThan(Duration.ofMillis(400));
        assertThat(lamp.on).isFalse();
        assertThat(other.on).isFalse();
    }

    @Test
    void aHangingRequestHoldsUpNoOther() throws Exception {
        power.behave("n1", new Behaviour.Hangs());
        Process hanging = start("off", "n1");
        assertThat(ask("off", "n2").status()).isZero();
        assertThat(hanging.isAlive()).isTrue();
        assertThat(lamp.on).isTrue();
        hanging.destroyForcibly().waitFor();
        // The pipe of the agent that was ended takes nobody down.
        power.behave("n1", new Behaviour.Works());
        assertThat(ask("off", "n1").status()).isZero();
    }

    @Test
    void answersWithinTensOfMilliseconds() throws Exception {
        ask("status", "n1");
        assertThat(ask("off", "n1").took()).isLessThan(Duration.ofMillis(500));
    }

    private Process start(String action, String plug) throws IOException {
        Process process = new ProcessBuilder(folder.resolve("agents/fence_demo").toString())
                .redirectErrorStream(true)
                .start();
        try (var stdin = process.getOutputStream()) {
            stdin.write("action=%s\nplug=%s\nswitch=%s\n"
                    .formatted(action, plug, folder.resolve("switch"))
                    .getBytes(StandardCharsets.UTF_8));
        }
        return process;
    }

    private Said ask(String action, String plug) throws Exception {
        long began = System.nanoTime();
        Process process = start(action, plug);
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertThat(Files.exists(folder.resolve("switch/requests"))).isTrue();
        return new Said(process.exitValue(), output, Duration.ofNanos(System.nanoTime() - began));
    }
}
