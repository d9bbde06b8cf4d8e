package org.ringfence.daemon.fencing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ringfence.controller.port.FenceAgents.Request;
import org.ringfence.controller.port.FenceAgents.Result;
import org.ringfence.daemon.process.Processes;
import org.ringfence.daemon.process.Unfinished;
import org.ringfence.model.problem.UnusableInputException;
import org.ringfence.model.xml.XmlReader;

/** Debian's fence agents and plugins of cluster-glue, unchanged, against devices that are files and scripts. Nothing is sent to anybody. */
class InstalledAgentsTest {
    private static final Path FENCE_AGENTS = Path.of("/usr/sbin");
    private static final Path PLUGINS = Path.of("/usr/lib/stonith/plugins/external");
    private static final Duration PLENTY = Duration.ofSeconds(60);
    private static final int STATUS_OFF = 2;

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
        environment.put("PATH", "/usr/sbin:/usr/bin:/sbin:/bin");
        agents = new LocalFenceAgents(processes, new FenceAgentFolders(List.of(FENCE_AGENTS)), environment);
    }

    @AfterEach
    void close() {
        processes.close();
    }

    private static void needs(Path program, String what) {
        Assumptions.assumeTrue(Files.isExecutable(program), "needs Debian's package " + what);
    }

    private Result run(String agent, String action, String... parameters) {
        var given = new LinkedHashMap<String, String>();
        for (int index = 0; index < parameters.length; index += 2) {
            given.put(parameters[index], parameters[index + 1]);
        }
        var answer = new CompletableFuture<Result>();
        agents.execute(new Request(1, agent, action, given, PLENTY), answer::complete);
        return answer.join();
    }

    /** A host's management controller as {@code ipmitool} shows it: its power is a file. */
    private String ipmitool() throws IOException {
        Path tool = folder.resolve("ipmitool");
        Files.writeString(tool, """
            #!/bin/sh
            power=%s
            case "$*" in
            *"power status"*) echo "Chassis Power is $(cat $power)" ;;
            *"power on"*) echo on >$power ;;
            *"power off"*) echo off >$power ;;
            *"power reset"*) echo reset >>$power.resets; echo on >$power ;;
            *) exit 1 ;;
            esac
            """.formatted(folder.resolve("power")));
        Files.setPosixFilePermissions(tool, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.writeString(folder.resolve("power"), "on\n");
        return tool.toString();
    }

    @Test
    void eachAgentThatCanRunHereDescribesItself() {
        needs(FENCE_AGENTS.resolve("fence_dummy"), "fence-agents");
        List<String> described = new ArrayList<>();
        List<String> silent = new ArrayList<>();
        for (String agent : new FenceAgentFolders(List.of(FENCE_AGENTS)).list()) {
            Result result = run(agent, "metadata");
            String text = String.join("\n", result.output());
            int start = text.indexOf("<resource-agent");
            try {
                if (result.succeeded() && start >= 0) {
                    XmlReader.read(text.substring(start), agent);
                    described.add(agent);
                } else {
                    silent.add(agent + ": " + result.reason());
                }
            } catch (UnusableInputException broken) {
                silent.add(agent + ": " + broken.getMessage());
            }
        }
        System.getLogger("ringfence.test")
                .log(System.Logger.Level.INFO, described.size() + " described themselves; not: " + silent);
        assertThat(described)
                .contains("fence_dummy", "fence_ipmilan", "fence_apc_snmp", "fence_virsh", "fence_scsi", "fence_sbd");
    }

    @Test
    void anAgentSwitchesOffAndOnAndItsStatusIsUnderstood() {
        needs(FENCE_AGENTS.resolve("fence_dummy"), "fence-agents");
        String file = folder.resolve("state").toString();
        assertThat(run("fence_dummy", "monitor").succeeded()).isTrue();
        assertThat(run("fence_dummy", "on", "status_file", file).succeeded()).isTrue();
        assertThat(run("fence_dummy", "status", "status_file", file).exitCode()).isZero();
        assertThat(run("fence_dummy", "off", "status_file", file).succeeded()).isTrue();
        assertThat(run("fence_dummy", "status", "status_file", file).exitCode()).isEqualTo(STATUS_OFF);
        assertThat(run("fence_dummy", "reboot", "status_file", file).succeeded())
                .isTrue();
        assertThat(run("fence_dummy", "status", "status_file", file).exitCode()).isZero();
    }

    @Test
    void anAgentWithAManagementController() throws IOException {
        needs(FENCE_AGENTS.resolve("fence_ipmilan"), "fence-agents");
        String[] device = {
            "ip", "bmc", "username", "u", "password", "p w", "ipmitool_path", ipmitool(), "power_wait", "0"
        };
        assertThat(run("fence_ipmilan", "monitor", device).succeeded()).isTrue();
        assertThat(run("fence_ipmilan", "status", device).exitCode()).isZero();
        assertThat(run("fence_ipmilan", "off", device).succeeded()).isTrue();
        assertThat(folder.resolve("power")).hasContent("off");
        assertThat(run("fence_ipmilan", "status", device).exitCode()).isEqualTo(STATUS_OFF);
        assertThat(run("fence_ipmilan", "reboot", device).succeeded()).isTrue();
        assertThat(folder.resolve("power")).hasContent("on");
    }

    @Test
    void aPluginWithAManagementController() throws IOException {
        needs(PLUGINS.resolve("ipmi"), "cluster-glue");
        String[] device = {
            "hostname",
            "n1",
            "ipaddr",
            "bmc",
            "userid",
            "u",
            "passwd",
            "pw",
            "interface",
            "lan",
            "port",
            "n1",
            "ipmitool",
            ipmitool()
        };
        assertThat(run("external/ipmi", "list", device).output()).containsExactly("n1");
        assertThat(run("external/ipmi", "monitor", device).succeeded()).isTrue();
        assertThat(run("external/ipmi", "off", device).succeeded()).isTrue();
        assertThat(folder.resolve("power")).hasContent("off");
        assertThat(run("external/ipmi", "on", device).succeeded()).isTrue();
        Result reset = run("external/ipmi", "reboot", device);
        assertThat(reset.succeeded()).isTrue();
        assertThat(reset.reason()).as("its helpers are found").doesNotContain("not found");
        assertThat(folder.resolve("power.resets")).hasContent("reset");
    }

    @Test
    void eachPluginTellsItsParameters() throws IOException {
        needs(PLUGINS.resolve("ssh"), "cluster-glue");
        assertThat(run("external/ssh", "list", "hostlist", "n1 n2").output()).containsExactly("n1", "n2");
        try (var all = Files.list(PLUGINS)) {
            for (Path plugin : all.filter(Files::isExecutable).sorted().toList()) {
                Result result = run("external/" + plugin.getFileName(), "metadata");
                assertThat(String.join("\n", result.output()))
                        .as(plugin + ": " + result.reason())
                        .contains("<parameter name=");
            }
        }
    }
}
