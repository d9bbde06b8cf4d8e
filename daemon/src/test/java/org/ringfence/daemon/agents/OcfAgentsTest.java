package org.ringfence.daemon.agents;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.ringfence.controller.port.ResourceAgents.Request;
import org.ringfence.controller.port.ResourceAgents.Result;
import org.ringfence.model.AgentName;
import org.ringfence.model.status.ExecutionStatus;

class OcfAgentsTest extends AgentTest {
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 190, 191, 42, 255})
    void everyExitStatusIsGivenAsItIs(int status) {
        Result result = bench.run(bench.ocf("exits", "exit " + status), "monitor");
        assertThat(result.status()).isEqualTo(ExecutionStatus.DONE);
        assertThat(result.exitCode()).isEqualTo(status);
    }

    @Test
    void theReasonIsTheLastThatTheAgentGave() {
        AgentName agent = bench.ocf(
                "reasons",
                "echo 'ocf-exit-reason:first' >&2; echo 'ocf-exit-reason:disk /dev/x is full' >&2; echo more >&2; exit"
                        + " 1");
        Result result = bench.run(agent, "start");
        assertThat(result.reason()).isEqualTo("disk /dev/x is full");
        assertThat(result.output()).contains("more");
    }

    @Test
    void anAgentThatIsNotThereIsNotInstalled() {
        Result result = bench.run(new AgentName("ocf", "test", "missing"), "start");
        assertThat(result.status()).isEqualTo(ExecutionStatus.NOT_INSTALLED);
        assertThat(result.exitCode()).isEqualTo(5);
        assertThat(result.reason()).contains("ocf:test:missing");
        assertThat(result.digests()).containsKey("op-digest");
    }

    @Test
    void anAgentThatIsNotExecutableIsNotInstalled() throws IOException {
        AgentName agent = bench.ocf("plain", "exit 0");
        Files.setPosixFilePermissions(folder.resolve("ocf/test/plain"), PosixFilePermissions.fromString("rw-r--r--"));
        assertThat(bench.run(agent, "start").status()).isEqualTo(ExecutionStatus.NOT_INSTALLED);
    }

    @Test
    void anAgentWhoseInterpreterIsMissingSaysSo() throws IOException {
        AgentName agent = bench.ocf("strange", "exit 0");
        Files.writeString(folder.resolve("ocf/test/strange"), "#!/no/such/shell\n");
        Result result = bench.run(agent, "start");
        assertThat(result.exitCode()).isIn(126, 127);
        assertThat(result.reason()).contains("could not be executed");
    }

    @Test
    void aClassThatNobodyKnowsIsNotInstalled() {
        Result result = bench.run(new AgentName("upstart", "", "x"), "start");
        assertThat(result.status()).isEqualTo(ExecutionStatus.NOT_INSTALLED);
        assertThat(result.reason()).contains("upstart").contains("ocf, systemd, lsb, service, stonith");
    }

    @Test
    void theEnvironmentIsComplete() {
        AgentName agent = bench.ocf("env", "env; pwd; exit 0");
        Request request = new Request(
                99,
                "db:0",
                agent,
                "monitor",
                AgentBench.map("ip", "10.0.0.1", "odd name", "x", "OCF_CHECK_LEVEL", "10"),
                AgentBench.map("CRM_meta_clone-max", "2", "CRM_meta_notify", "false"),
                Duration.ofSeconds(10),
                Duration.ofSeconds(20));
        Result result = bench.run(request);
        Map<String, String> environment = new LinkedHashMap<>();
        result.output().lines().filter(line -> line.contains("=")).forEach(line -> {
            int at = line.indexOf('=');
            environment.put(line.substring(0, at), line.substring(at + 1));
        });
        // OCF resource agent API 1.1, "Environment variables".
        assertThat(environment)
                .containsEntry("OCF_ROOT", "/usr/lib/ocf")
                .containsEntry("OCF_RA_VERSION_MAJOR", "1")
                .containsEntry("OCF_RA_VERSION_MINOR", "1")
                .containsEntry("OCF_RESOURCE_INSTANCE", "db:0")
                .containsEntry("OCF_RESOURCE_TYPE", "env")
                .containsEntry("OCF_RESOURCE_PROVIDER", "test")
                .containsEntry("OCF_CHECK_LEVEL", "10")
                .containsEntry("OCF_OUTPUT_FORMAT", "text")
                .containsEntry("OCF_RESKEY_ip", "10.0.0.1");
        // What Pacemaker gives beyond it.
        assertThat(environment)
                .containsEntry("OCF_RESKEY_OCF_CHECK_LEVEL", "10")
                .containsEntry("OCF_RESKEY_CRM_meta_clone_max", "2")
                .containsEntry("OCF_RESKEY_CRM_meta_notify", "false")
                .containsEntry("OCF_RESKEY_CRM_meta_interval", "10000")
                .containsEntry("OCF_RESKEY_CRM_meta_timeout", "20000")
                .containsEntry("OCF_EXIT_REASON_PREFIX", "ocf-exit-reason:")
                .containsEntry("HA_LOGFACILITY", "none")
                .containsEntry("HA_debug", "0")
                .containsEntry("HA_RSCTMP", folder.resolve("run").toString())
                .containsEntry("LC_ALL", "C")
                .containsEntry("HOME", "/root")
                .containsKey("PATH");
        assertThat(result.output()).endsWith("/\n");
    }

    @Test
    void helpersComeFirstOnThePath() {
        AgentSettings settings = bench.settings();
        assertThat(settings.path()).startsWith("/usr/sbin:");
        AgentSettings withHelpers = settings.withHelpers(Path.of("/opt/helpers"));
        assertThat(withHelpers.path()).startsWith("/opt/helpers:");
        assertThat(OcfEnvironment.of(withHelpers, new AgentName("ocf", "test", "x"), Path.of("/x/test/x")))
                .containsEntry("HA_SBIN_DIR", "/opt/helpers");
    }

    @Test
    void foldersOfTheNodesSettingsComeFirst() {
        AgentName agent = bench.ocf("Dummy", "exit 42");
        assertThat(bench.run(agent, "monitor").exitCode()).isEqualTo(42);
        AgentSettings settings = AgentSettings.ofThisHost("test-folders").withFirst(List.of(folder), List.of(folder));
        assertThat(settings.ocfFolders()).startsWith(folder).contains(Path.of("/usr/lib/ocf/resource.d"));
        assertThat(settings.fenceAgents().folders()).startsWith(folder).contains(Path.of("/usr/sbin"));
    }

    @Test
    void aHangingAgentIsEndedAtItsTimeout() {
        AgentName agent = bench.ocf("hangs", "echo about to hang; trap '' TERM; while :; do sleep 1; done");
        Result result = bench.run(bench.request(agent, "start", Duration.ofMillis(400)));
        assertThat(result.status()).isEqualTo(ExecutionStatus.TIMEOUT);
        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.reason()).contains("no end in time").contains("killed");
        assertThat(result.output()).contains("about to hang");
        assertThat(result.took()).isBetween(Duration.ofMillis(400), Duration.ofSeconds(6));
    }

    @Test
    void cancellingEndsTheOperation() {
        AgentName agent = bench.ocf("slow", "sleep 60");
        Request request = bench.request(agent, "monitor");
        CompletableFuture<Result> result = bench.begin(request);
        bench.agents().cancel(request.token());
        assertThat(result.join().status()).isEqualTo(ExecutionStatus.CANCELLED);
    }

    @Test
    void anAgentThatASignalEndsHasFailed() {
        Result result = bench.run(bench.ocf("crashes", "kill -SEGV $$"), "monitor");
        assertThat(result.status()).isEqualTo(ExecutionStatus.ERROR);
        assertThat(result.reason()).isEqualTo("ended by signal 11");
    }

    @Test
    void twoHundredOperationsAtOnce() {
        AgentName agent = bench.ocf("quick", "exit 0");
        List<CompletableFuture<Result>> results = new ArrayList<>();
        for (int index = 0; index < 200; index++) {
            Request request = new Request(
                    1000 + index,
                    "r" + index,
                    agent,
                    "monitor",
                    AgentBench.map(),
                    AgentBench.map(),
                    Duration.ZERO,
                    AgentBench.TIMEOUT);
            results.add(bench.begin(request));
        }
        for (int index = 0; index < 200; index++) {
            assertThat(results.get(index).join())
                    .matches(result -> result.status() == ExecutionStatus.DONE && result.exitCode() == 0);
            assertThat(results.get(index).join().token()).isEqualTo(1000 + index);
        }
    }

    @Test
    void digestsFollowTheMetadata() {
        AgentName agent = bench.ocf("web", """
            [ "$1" = meta-data ] && cat <<END
            <resource-agent name="web"><parameters>
            <parameter name="alpha" reloadable="1"><content type="string"/></parameter>
            <parameter name="beta"><content type="string"/></parameter>
            <parameter name="passwd"><content type="string"/></parameter>
            <parameter name="state"><content type="string"/></parameter>
            </parameters><actions><action name="reload-agent"/></actions></resource-agent>
            END
            exit 0
            """);
        String[] parameters = {"alpha", "1", "beta", "b & <c>", "passwd", "secret", "state", "/x"};
        assertThat(bench.run(agent, "start", parameters).digests())
                .containsOnly(Map.entry("op-digest", "721de094babbaa2a50415086c1f35045"));

        assertThat(bench.agents().catalog().metadata(agent, AgentBench.TIMEOUT)).isPresent();
        // The digests that Pacemaker 2.1.5 recorded for such an agent and these parameters.
        assertThat(bench.run(agent, "start", parameters).digests())
                .containsEntry("op-digest", "721de094babbaa2a50415086c1f35045")
                .containsEntry("op-force-restart", " beta passwd state ")
                .containsEntry("op-restart-digest", "26ca99f0d8af79fb3aee7b0f65b71eb0")
                .containsEntry("op-secure-params", " passwd ")
                .containsEntry("op-secure-digest", "b4e6206677d64cb4fa91d63663be838e");
    }
}
