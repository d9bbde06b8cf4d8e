package org.ringfence.daemon.agents;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.ringfence.controller.port.ResourceAgents.Result;
import org.ringfence.linux.Pidfd;
import org.ringfence.model.AgentName;
import org.ringfence.model.status.ExecutionStatus;

/** systemd units with a {@code systemctl} that a test makes, init scripts, and fence devices as resources. */
class OtherStandardsTest extends AgentTest {
    private static final AgentName WEB = new AgentName("systemd", "", "web");

    /** Keeps the unit's state in a file, starts a process for it, and notes how it was called. */
    private void fakeSystemctl(String more) {
        bench.systemctl("""
            d=%s; echo "$*" >>$d/calls
            active=$(cat $d/active 2>/dev/null || echo inactive)
            %s
            case $1 in
            show) echo "LoadState=$(cat $d/load 2>/dev/null || echo loaded)"; echo "ActiveState=$active"
                echo SubState=x; echo "MainPID=$(cat $d/pid 2>/dev/null || echo 0)" ;;
            start) echo active >$d/active; setsid sleep 600 </dev/null >/dev/null 2>&1 & echo $! >$d/pid ;;
            stop) echo inactive >$d/active; [ -s $d/pid ] && kill $(cat $d/pid); rm -f $d/pid ;;
            esac
            exit 0
            """.formatted(folder, more));
    }

    private String calls() throws IOException {
        return Files.readString(folder.resolve("calls"));
    }

    @Test
    void aUnitIsStartedMonitoredAndStopped() throws IOException {
        fakeSystemctl("");
        assertThat(bench.run(WEB, "monitor").exitCode()).isEqualTo(7);
        assertThat(bench.run(WEB, "start").exitCode()).isZero();
        Path override = folder.resolve("systemd/web.service.d/50-ringfence.conf");
        assertThat(override).content().contains("Restart=no", "Before=ringfence.service");
        assertThat(bench.run(WEB, "monitor").exitCode()).isZero();
        assertThat(bench.run(WEB, "stop").exitCode()).isZero();
        assertThat(override).doesNotExist();
        assertThat(bench.run(WEB, "monitor").exitCode()).isEqualTo(7);
        assertThat(calls())
                .containsSubsequence("daemon-reload", "start web.service", "stop web.service", "daemon-reload");
    }

    @Test
    void theMainProcessOfAUnitIsWatched() throws Exception {
        fakeSystemctl("");
        assertThat(bench.run(WEB, "start").exitCode()).isZero();
        int pid = Integer.parseInt(Files.readString(folder.resolve("pid")).strip());
        assertThat(Pidfd.signal(pid, 9)).isTrue();
        assertThat(bench.nextEnded(Duration.ofMillis(500))).isEqualTo("db");
    }

    @ParameterizedTest
    @CsvSource({"active,0", "reloading,0", "inactive,7", "failed,7"})
    void aUnitsStateIsMapped(String state, int exitCode) throws IOException {
        fakeSystemctl("");
        Files.writeString(folder.resolve("active"), state);
        assertThat(bench.run(WEB, "monitor").exitCode()).isEqualTo(exitCode);
    }

    @Test
    void aUnitOnItsWayIsWaitedFor() throws IOException {
        fakeSystemctl("[ $1 = show ] && { echo x >>$d/asked; [ $(wc -l <$d/asked) -gt 2 ] || active=activating; }");
        Files.writeString(folder.resolve("active"), "active");
        assertThat(bench.run(WEB, "monitor").exitCode()).isZero();
        assertThat(Files.readAllLines(folder.resolve("asked"))).hasSize(3);
    }

    @Test
    void aUnitThatNeverArrivesTimesOut() throws IOException {
        fakeSystemctl("");
        Files.writeString(folder.resolve("active"), "activating");
        Result result = bench.run(bench.request(WEB, "monitor", Duration.ofMillis(300)));
        assertThat(result.status()).isEqualTo(ExecutionStatus.TIMEOUT);
    }

    @Test
    void aUnitThatIsNotThereIsNotInstalled() throws IOException {
        fakeSystemctl("[ $1 = start ] && { echo 'Unit web.service not found.' >&2; exit 5; }");
        Files.writeString(folder.resolve("load"), "not-found");
        assertThat(bench.run(WEB, "monitor").status()).isEqualTo(ExecutionStatus.NOT_INSTALLED);
        assertThat(bench.run(WEB, "start").status()).isEqualTo(ExecutionStatus.NOT_INSTALLED);
        assertThat(bench.run(WEB, "stop").exitCode()).isZero();
        assertThat(bench.agents().catalog().exists(WEB)).isFalse();
    }

    @Test
    void aUnitThatCannotBeStartedHasFailedWithItsReason() {
        fakeSystemctl("[ $1 = start ] && { echo 'Job for web.service failed.' >&2; exit 1; }");
        Result result = bench.run(WEB, "start");
        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.reason()).isEqualTo("Job for web.service failed.");
    }

    @Test
    void aUnitThatEndsRightAfterItsStartHasFailed() {
        fakeSystemctl("[ $1 = start ] && { echo failed >$d/active; exit 0; }");
        Result result = bench.run(WEB, "start");
        assertThat(result.status()).isEqualTo(ExecutionStatus.ERROR);
        assertThat(result.reason()).contains("ended right after its start").contains("failed");
    }

    @Test
    void unitsOfOtherTypesKeepTheirSuffix() {
        assertThat(SystemdAgents.unit("web")).isEqualTo("web.service");
        assertThat(SystemdAgents.unit("web@1")).isEqualTo("web@1.service");
        assertThat(SystemdAgents.unit("data.mount")).isEqualTo("data.mount");
        assertThat(SystemdAgents.unit("org.example.web")).isEqualTo("org.example.web.service");
    }

    @ParameterizedTest
    @CsvSource({"0,0", "1,7", "2,7", "3,7", "4,1", "150,1"})
    void theStatusOfAnInitScriptIsMapped(int status, int exitCode) {
        AgentName agent = bench.lsb("web", "[ $1 = status ] && exit " + status + "; exit 2");
        assertThat(bench.run(agent, "monitor").exitCode()).isEqualTo(exitCode);
    }

    @Test
    void otherActionsOfAnInitScriptHaveOcfsStatuses() {
        AgentName agent = bench.lsb("web", "[ $1 = start ] && exit 6; exit 0");
        assertThat(bench.run(agent, "start").exitCode()).isEqualTo(6);
        assertThat(bench.run(agent, "stop").exitCode()).isZero();
        assertThat(bench.run(new AgentName("lsb", "", "missing"), "start").status())
                .isEqualTo(ExecutionStatus.NOT_INSTALLED);
    }

    @Test
    void aServiceIsAUnitWhereThereIsOneElseAnInitScript() throws IOException {
        fakeSystemctl("");
        bench.lsb("web", "exit 3");
        var service = new AgentName("service", "", "web");
        Files.writeString(folder.resolve("active"), "active");
        assertThat(bench.run(service, "monitor").exitCode()).isZero();
        Files.writeString(folder.resolve("load"), "not-found");
        Files.writeString(folder.resolve("active"), "inactive");
        assertThat(bench.run(service, "monitor").exitCode()).isEqualTo(7);
        assertThat(bench.run(service, "start").exitCode()).isEqualTo(3);
    }

    @Test
    void aFenceDeviceIsProvenWhenItIsStartedAndMonitored() throws IOException {
        AgentName device = bench.fence(
                "fence_test", "cat >>" + folder.resolve("asked") + "; [ ! -e " + folder.resolve("down") + " ]");
        assertThat(bench.run(device, "monitor").exitCode()).isEqualTo(7);
        assertThat(bench.run(device, "start", "ip", "10.0.0.9", "pcmk_host_list", "n1")
                        .exitCode())
                .isZero();
        assertThat(folder.resolve("asked"))
                .content()
                .contains("ip=10.0.0.9\n", "action=monitor\n")
                .doesNotContain("pcmk");
        assertThat(bench.run(device, "monitor").exitCode()).isZero();
        Files.createFile(folder.resolve("down"));
        assertThat(bench.run(device, "monitor").exitCode()).isEqualTo(1);
        assertThat(bench.run(device, "stop").exitCode()).isZero();
        assertThat(bench.run(device, "monitor").exitCode()).isEqualTo(7);
        assertThat(bench.run(device, "start").exitCode()).isEqualTo(1);
    }

    @Test
    void aFenceAgentWithoutMonitorIsAskedForItsStatus() {
        AgentName device = bench.fence("fence_old", """
            in=$(cat)
            case $in in
            *action=metadata*) echo '<resource-agent name="fence_old"><actions><action name="status"/></actions></resource-agent>' ;;
            *action=status*) exit 0 ;;
            *) exit 1 ;;
            esac
            """);
        assertThat(bench.run(device, "start").exitCode()).isZero();
    }

    @Test
    void aFenceAgentThatIsNotThereIsNotInstalled() {
        Result result = bench.run(new AgentName("stonith", "", "fence_nowhere"), "start");
        assertThat(result.status()).isEqualTo(ExecutionStatus.NOT_INSTALLED);
        assertThat(result.reason()).contains("fence_nowhere");
    }

    @Test
    void aFenceDeviceThatHangsTimesOut() {
        AgentName device = bench.fence("fence_hangs", "cat | grep -q metadata && exit 1; sleep 60");
        Result result = bench.run(bench.request(device, "start", Duration.ofMillis(400)));
        assertThat(result.status()).isEqualTo(ExecutionStatus.TIMEOUT);
    }
}
