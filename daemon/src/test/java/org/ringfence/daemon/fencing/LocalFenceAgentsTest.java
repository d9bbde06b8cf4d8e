package org.ringfence.daemon.fencing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ringfence.controller.port.FenceAgents.Request;
import org.ringfence.controller.port.FenceAgents.Result;
import org.ringfence.daemon.process.Processes;
import org.ringfence.daemon.process.Unfinished;

class LocalFenceAgentsTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    @SuppressWarnings("NullAway.Init")
    private Processes processes;

    @SuppressWarnings("NullAway.Init")
    private LocalFenceAgents agents;

    @BeforeEach
    void open() throws IOException {
        processes = new Processes(
                new Unfinished(folder.resolve("runs")),
                (thread, failure) -> thread.getThreadGroup().uncaughtException(thread, failure));
        SequencedMap<String, String> environment = new LinkedHashMap<>();
        environment.put("PATH", "/usr/bin:/bin");
        agents = new LocalFenceAgents(processes, new FenceAgentFolders(List.of(folder)), environment);
    }

    @AfterEach
    void close() {
        processes.close();
    }

    @Test
    void parametersAndActionAreReadFromStandardInputAlone() throws IOException {
        agent("fence_test", "cat >" + folder.resolve("in") + "; echo \"$#\"; env; echo switched >&2");
        Result result = run("fence_test", "off", Duration.ofSeconds(10), "plug", "3", "passwd", "a b=c'");
        assertThat(result.succeeded()).isTrue();
        assertThat(result.exitCode()).isZero();
        assertThat(folder.resolve("in")).hasContent("plug=3\npasswd=a b=c'\naction=off\n");
        assertThat(result.output()).startsWith("0").noneMatch(line -> line.contains("a b=c"));
        assertThat(result.reason()).isEqualTo("switched");
    }

    @Test
    void whatIsTheClustersIsNotTheAgents() throws IOException {
        agent("fence_test", "cat");
        Result result = run(
                "fence_test",
                "on",
                Duration.ofSeconds(10),
                "pcmk_host_list",
                "n1",
                "action",
                "reboot",
                "CRM_meta_x",
                "1");
        assertThat(result.output()).containsExactly("action=on");
    }

    @Test
    void aParameterThatWouldBecomeTwoIsRefused() throws IOException {
        agent("fence_test", "cat");
        Result result = run("fence_test", "off", Duration.ofSeconds(10), "passwd", "secret\nplug=other");
        assertThat(result.succeeded()).isFalse();
        assertThat(result.reason()).contains("passwd").doesNotContain("secret");
    }

    @Test
    void aFailureHasItsStatusAndTheLastLineOfItsErrors() throws IOException {
        agent("fence_test", "echo one >&2; echo 'Unable to connect' >&2; echo >&2; exit 1");
        Result result = run("fence_test", "reboot", Duration.ofSeconds(10));
        assertThat(result.succeeded()).isFalse();
        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.reason()).isEqualTo("Unable to connect");
    }

    @Test
    void aHangingAgentIsEndedWithItsTree() throws IOException {
        agent("fence_test", "trap '' TERM; echo connecting >&2; sleep 600 & while :; do sleep 1; done");
        Result result = run("fence_test", "off", Duration.ofMillis(300));
        assertThat(result.succeeded()).isFalse();
        assertThat(result.exitCode()).isEqualTo(-1);
        assertThat(result.reason())
                .contains("no end within 300 ms")
                .contains("sleep (")
                .contains("connecting");
        assertThat(result.took()).isBetween(Duration.ofMillis(300), Duration.ofSeconds(8));
    }

    @Test
    void anAgentThatIsNotThereSaysWhereItWasLookedFor() {
        Result result = run("fence_nowhere", "off", Duration.ofSeconds(10));
        assertThat(result.succeeded()).isFalse();
        assertThat(result.reason()).contains("fence_nowhere").contains(folder.toString());
    }

    @Test
    void anAgentMayBeNamedByItsPath() throws IOException {
        Path agent = agent("elsewhere", "echo here");
        assertThat(run(agent.toString(), "list", Duration.ofSeconds(10)).output())
                .containsExactly("here");
        assertThat(new FenceAgentFolders(List.of(folder)).find("../elsewhere")).isEmpty();
    }

    @Test
    void agentsAreListedByName() throws IOException {
        agent("fence_b", "");
        agent("fence_a", "");
        agent("other", "");
        Files.writeString(folder.resolve("fence_readme"), "not executable");
        assertThat(new FenceAgentFolders(List.of(folder, folder.resolve("missing"))).list())
                .containsExactly("fence_a", "fence_b");
    }

    private Path agent(String name, String script) throws IOException {
        Path file = folder.resolve(name);
        Files.writeString(file, "#!/bin/sh\n" + script + "\n");
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private Result run(String agent, String action, Duration timeout, String... namesAndValues) {
        SequencedMap<String, String> parameters = new LinkedHashMap<>();
        for (int index = 0; index < namesAndValues.length; index += 2) {
            parameters.put(namesAndValues[index], namesAndValues[index + 1]);
        }
        var result = new CompletableFuture<Result>();
        agents.execute(new Request(7, agent, action, parameters, timeout), result::complete);
        assertThat(result.join().token()).isEqualTo(7);
        return result.join();
    }
}
