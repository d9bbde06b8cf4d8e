package org.ringfence.daemon.agents;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.ringfence.controller.port.ResourceAgents.Result;
import org.ringfence.daemon.process.ProcessTable;
import org.ringfence.linux.Pidfd;
import org.ringfence.model.AgentName;
import org.ringfence.model.agent.AgentMetadata;

/** Ringfence's own agents, run as the daemon runs them. The address moves to and from the loopback interface. */
class OwnAgentsTest extends AgentTest {
    private static final AgentName ADDRESS = new AgentName("ocf", "ringfence", "address");
    private static final AgentName SERVICE = new AgentName("ocf", "ringfence", "service");
    private static final AgentName DUMMY = new AgentName("ocf", "ringfence", "dummy");

    @ParameterizedTest
    @ValueSource(strings = {"address", "director", "dummy", "ipvs-sync", "service"})
    void eachSaysWhatItIs(String type) {
        AgentMetadata metadata = bench.agents()
                .catalog()
                .metadata(new AgentName("ocf", "ringfence", type), AgentBench.TIMEOUT)
                .orElseThrow();
        assertThat(metadata.name()).isEqualTo(type);
        assertThat(metadata.version()).isEqualTo("1.1");
        assertThat(metadata.reloads())
                .as("reloads")
                .isEqualTo(!List.of("address", "ipvs-sync").contains(type));
        for (String action : List.of("start", "stop", "monitor", "meta-data", "validate-all")) {
            assertThat(metadata.timeout(action)).as(action).isPresent();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"address", "director", "dummy", "ipvs-sync", "service"})
    void eachRefusesWhatItDoesNotKnow(String type) {
        assertThat(bench.run(new AgentName("ocf", "ringfence", type), "promote").exitCode())
                .isEqualTo(3);
    }

    @Test
    void aDummyStartsStopsAndReloads() {
        assertThat(bench.run(DUMMY, "monitor").exitCode()).isEqualTo(7);
        assertThat(bench.run(DUMMY, "start").exitCode()).isZero();
        assertThat(bench.run(DUMMY, "start").exitCode()).isZero();
        assertThat(bench.run(DUMMY, "monitor").exitCode()).isZero();
        assertThat(bench.run(DUMMY, "reload-agent", "fake", "other").exitCode()).isZero();
        assertThat(bench.run(DUMMY, "stop").exitCode()).isZero();
        assertThat(bench.run(DUMMY, "stop").exitCode()).isZero();
        assertThat(bench.run(DUMMY, "monitor").exitCode()).isEqualTo(7);
        Result refused = bench.run(DUMMY, "validate-all", "delay", "soon");
        assertThat(refused.exitCode()).isEqualTo(6);
        assertThat(refused.reason()).contains("delay is 'soon'");
    }

    @ParameterizedTest
    @CsvSource({"127.77.0.9,32", "fd00:77:ace::9,128"})
    void anAddressComesAndGoes(String ip, String mask) {
        assumeAddressesCanBeSet();
        String[] parameters = {"ip", ip, "cidr_netmask", mask, "nic", "lo"};
        try {
            assertThat(bench.run(ADDRESS, "validate-all", parameters).exitCode())
                    .isZero();
            assertThat(bench.run(ADDRESS, "monitor", parameters).exitCode()).isEqualTo(7);
            Result started = bench.run(ADDRESS, "start", parameters);
            assertThat(started.exitCode()).as(started.reason()).isZero();
            assertThat(bench.run(ADDRESS, "start", parameters).exitCode())
                    .as("again")
                    .isZero();
            assertThat(bench.run(ADDRESS, "monitor", parameters).exitCode()).isZero();
            assertThat(bench.run(ADDRESS, "monitor", "ip", ip).exitCode())
                    .as("wherever it is")
                    .isZero();
        } finally {
            assertThat(bench.run(ADDRESS, "stop", parameters).exitCode()).isZero();
        }
        assertThat(bench.run(ADDRESS, "stop", parameters).exitCode())
                .as("again")
                .isZero();
        assertThat(bench.run(ADDRESS, "monitor", parameters).exitCode()).isEqualTo(7);
    }

    private void assumeAddressesCanBeSet() {
        Assumptions.assumeTrue(Files.isExecutable(Path.of("/usr/sbin/ip")), "ip is not installed");
        AgentName root = bench.ocf("root", "[ $(id -u) = 0 ] && ip address show dev lo >/dev/null");
        Assumptions.assumeTrue(bench.run(root, "monitor").exitCode() == 0, "not root: addresses cannot be set");
    }

    @ParameterizedTest
    @CsvSource({
        "'',24,ip is not set",
        "10.0.0.300/24,'',put what follows the slash into cidr_netmask",
        "node1,24,which is no IP address",
        "10.0.0.1,33,at most 32",
        "10.0.0.1,/24,give the length of the prefix",
        "198.51.100.7,'',no interface is connected to a network",
    })
    void anAddressThatCannotBeIsRefusedWithTheReason(String ip, String mask, String reason) {
        Assumptions.assumeTrue(Files.isExecutable(Path.of("/usr/sbin/ip")), "ip is not installed");
        Result result = bench.run(ADDRESS, "start", "ip", ip, "cidr_netmask", mask);
        assertThat(result.exitCode()).isEqualTo(6);
        assertThat(result.reason()).contains(reason);
    }

    @Test
    void anAddressOnAnInterfaceThatIsNotThereIsNotRunningAndCanBeStopped() {
        Assumptions.assumeTrue(Files.isExecutable(Path.of("/usr/sbin/ip")), "ip is not installed");
        String[] parameters = {"ip", "10.9.8.7", "nic", "nosuch0"};
        assertThat(bench.run(ADDRESS, "monitor", parameters).exitCode()).isEqualTo(7);
        assertThat(bench.run(ADDRESS, "stop", parameters).exitCode()).isZero();
        assertThat(bench.run(ADDRESS, "start", parameters).reason()).contains("cannot be added to nosuch0");
    }

    @ParameterizedTest
    @CsvSource({
        "ipvs-sync,validate-all,id,3,6,interface is not set",
        "ipvs-sync,validate-all,interface,nosuch0,5,no interface nosuch0",
        "ipvs-sync,start,id,3,6,interface is not set",
        "director,start,path,lvs,6,path is 'lvs'",
        "director,monitor,socket,relative,6,is no absolute path",
    })
    void aDirectorThatCannotBeIsRefusedWithTheReason(
            String type, String action, String name, String value, int exitCode, String reason) {
        Result result = bench.run(new AgentName("ocf", "ringfence", type), action, name, value);
        assertThat(result.exitCode()).isEqualTo(exitCode);
        assertThat(result.reason()).contains(reason);
    }

    @Test
    void aServiceRunsUntilItIsStopped() throws Exception {
        String[] parameters = {"command", "exec sleep 600"};
        assertThat(bench.run(SERVICE, "monitor", parameters).exitCode()).isEqualTo(7);
        assertThat(bench.run(SERVICE, "start", parameters).exitCode()).isZero();
        int pid = servicePid();
        assertThat(bench.run(SERVICE, "start", parameters).exitCode()).isZero();
        assertThat(servicePid()).as("not started twice").isEqualTo(pid);
        assertThat(bench.run(SERVICE, "monitor", parameters).exitCode()).isZero();
        assertThat(bench.agents().watchedProcesses("db")).isEqualTo(1);
        assertThat(bench.run(SERVICE, "stop", parameters).exitCode()).isZero();
        assertThat(bench.run(SERVICE, "stop", parameters).exitCode()).isZero();
        assertThat(bench.run(SERVICE, "monitor", parameters).exitCode()).isEqualTo(7);
        assertThat(bench.nextEnded(Duration.ofMillis(200))).isNull();
    }

    private int servicePid() throws IOException {
        String noted = Files.readString(folder.resolve("run/ringfence-service-db.pid"));
        return Integer.parseInt(noted.substring(0, noted.indexOf(' ')));
    }

    @Test
    void theDeathOfAServiceIsTold() throws Exception {
        assertThat(bench.run(SERVICE, "start", "command", "exec sleep 600").exitCode())
                .isZero();
        assertThat(Pidfd.signal(servicePid(), 9)).isTrue();
        assertThat(bench.nextEnded(Duration.ofMillis(500))).isEqualTo("db");
        assertThat(bench.run(SERVICE, "monitor", "command", "exec sleep 600").exitCode())
                .isEqualTo(7);
        assertThat(bench.run(SERVICE, "stop", "command", "exec sleep 600").exitCode())
                .isZero();
    }

    @Test
    void stoppingAServiceEndsItsWholeGroup() throws Exception {
        Path child = folder.resolve("child");
        String command = "trap '' TERM; sh -c \"trap '' TERM; echo \\$\\$ >" + child
                + "; while :; do sleep 1; done\" & while :; do sleep 1; done";
        String[] parameters = {"command", command, "stop_timeout", "1"};
        assertThat(bench.run(SERVICE, "start", parameters).exitCode()).isZero();
        while (!Files.exists(child) || Files.size(child) == 0) {
            Thread.sleep(10);
        }
        int childPid = Integer.parseInt(Files.readString(child).strip());
        Result stopped = bench.run(SERVICE, "stop", parameters);
        assertThat(stopped.exitCode()).isZero();
        assertThat(stopped.took()).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(15));
        assertThat(ProcessTable.parent(childPid)).as("parent of a living child").isEmpty();
    }

    @Test
    void aServiceIsStartedOnceItListens() {
        Assumptions.assumeTrue(Files.isExecutable(Path.of("/usr/bin/perl")), "perl is not installed");
        String listen = "use IO::Socket::INET; select undef,undef,undef,0.3; my $s = IO::Socket::INET->new(Listen=>5,"
                + " LocalAddr=>q(127.0.0.1:38765), ReuseAddr=>1) or die; sleep 600";
        String[] parameters = {
            "command", "exec perl -e '" + listen + "'", "ready_port", "38765", "ready_host", "127.0.0.1"
        };
        Result started = bench.run(SERVICE, "start", parameters);
        assertThat(started.exitCode()).as(started.reason()).isZero();
        assertThat(started.took()).isGreaterThan(Duration.ofMillis(300));
        assertThat(bench.run(SERVICE, "monitor", parameters).exitCode()).isZero();
        assertThat(bench.run(SERVICE, "stop", parameters).exitCode()).isZero();
    }

    @ParameterizedTest
    @CsvSource({"exit 3,status 3", "/no/such/program,status 127"})
    void aCommandThatEndsWhileItStartsHasFailed(String command, String reason) {
        Result result = bench.run(SERVICE, "start", "command", command, "ready_port", "38766");
        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.reason()).contains(reason);
    }

    @ParameterizedTest
    @CsvSource({
        "user,nosuchuser,5,there is no user nosuchuser",
        "folder,/no/such/folder,5,there is no folder",
        "ready_port,http,6,which is no number",
        "ready_host,example.org,6,which is no IPv4 address",
        "pidfile,relative,6,which is no absolute path",
    })
    void aServiceThatCannotBeIsRefusedWithTheReason(String name, String value, int exitCode, String reason) {
        Result result = bench.run(SERVICE, "start", "command", "sleep 600", name, value);
        assertThat(result.exitCode()).isEqualTo(exitCode);
        assertThat(result.reason()).contains(reason);
    }

    @Test
    void aProcessThatWasGivenTheSameNumberLaterIsNotTheService() throws IOException {
        String[] parameters = {"command", "exec sleep 600"};
        long own = ProcessHandle.current().pid();
        Files.writeString(folder.resolve("run/ringfence-service-db.pid"), own + " 1\n");
        assertThat(bench.run(SERVICE, "monitor", parameters).exitCode()).isEqualTo(7);
        assertThat(bench.run(SERVICE, "stop", parameters).exitCode()).isZero();
        assertThat(ProcessHandle.of(own)).isPresent();
    }

    /** Not a claim about every machine: it keeps an eye on what an operation costs beside the agent's own work. */
    @Test
    void operationsAreQuick() {
        String[] parameters = {"command", "exec sleep 600"};
        assertThat(bench.run(SERVICE, "start", parameters).exitCode()).isZero();
        List<Duration> took = new ArrayList<>();
        for (int count = 0; count < 50; count++) {
            took.add(bench.run(SERVICE, "monitor", parameters).took());
        }
        took.sort(null);
        System.out.printf(
                "monitor of ocf:ringfence:service: median %.1f ms, fastest %.1f ms%n",
                took.get(25).toNanos() / 1e6, took.getFirst().toNanos() / 1e6);
        assertThat(took.getFirst()).isLessThan(Duration.ofMillis(100));
        assertThat(bench.run(SERVICE, "stop", parameters).exitCode()).isZero();
    }
}
