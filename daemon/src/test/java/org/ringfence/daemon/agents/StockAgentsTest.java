package org.ringfence.daemon.agents;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.ringfence.model.AgentName;
import org.ringfence.model.agent.AgentMetadata;

/** Agents of Debian's resource-agents and fence-agents, unchanged, where they are installed. */
class StockAgentsTest extends AgentTest {
    /** An agent that is a program here; what Ringfence serves itself in the place of a missing one is none. */
    private AgentName installed(String standard, String provider, String type) {
        var agent = new AgentName(standard, provider, type);
        Assumptions.assumeTrue(bench.agents().catalog().executable(agent).isPresent(), agent + " is not installed");
        return agent;
    }

    @Test
    void dummyLivesItsWholeLife() {
        AgentName dummy = installed("ocf", "heartbeat", "Dummy");
        String[] parameters = {"state", folder.resolve("state").toString()};
        assertThat(bench.run(dummy, "validate-all", parameters).exitCode()).isZero();
        assertThat(bench.run(dummy, "monitor", parameters).exitCode()).isEqualTo(7);
        assertThat(bench.run(dummy, "start", parameters).exitCode()).isZero();
        assertThat(bench.run(dummy, "monitor", parameters).exitCode()).isZero();
        assertThat(bench.run(dummy, "stop", parameters).exitCode()).isZero();
        assertThat(bench.run(dummy, "monitor", parameters).exitCode()).isEqualTo(7);
    }

    @Test
    void whatAStockAgentLogsIsInItsOutputAndItsReasonIsFound() {
        AgentName address = installed("ocf", "heartbeat", "IPaddr2");
        var result = bench.run(address, "validate-all", "ip", "not-an-address");
        assertThat(result.exitCode()).isNotZero();
        assertThat(result.reason()).isNotEmpty();
        assertThat(result.output()).contains("ERROR");
    }

    @ParameterizedTest
    @ValueSource(strings = {"IPaddr2", "Dummy", "Filesystem", "pgsql", "apache"})
    void metadataOfResourceAgentsIsRead(String type) {
        AgentName agent = installed("ocf", "heartbeat", type);
        AgentMetadata metadata =
                bench.agents().catalog().metadata(agent, AgentBench.TIMEOUT).orElseThrow();
        assertThat(metadata.name()).isEqualToIgnoringCase(type);
        assertThat(metadata.supports("monitor")).isTrue();
        assertThat(metadata.timeout("start")).isPresent();
        assertThat(bench.agents().catalog().knownMetadata(agent)).contains(metadata);
    }

    @ParameterizedTest
    @ValueSource(strings = {"fence_ipmilan", "fence_virsh", "fence_sbd", "fence_dummy"})
    void metadataOfFenceAgentsIsRead(String type) {
        AgentName agent = installed("stonith", "", type);
        AgentMetadata metadata =
                bench.agents().catalog().metadata(agent, AgentBench.TIMEOUT).orElseThrow();
        assertThat(metadata.supports("off")).isTrue();
        assertThat(metadata.parameters()).isNotEmpty();
    }

    @Test
    void agentsAreListed() {
        Assumptions.assumeTrue(
                Files.isDirectory(Path.of("/usr/lib/ocf/resource.d/heartbeat")), "resource-agents are not installed");
        assertThat(bench.agents().catalog().providers()).contains("heartbeat", "ringfence");
        List<String> types = new ArrayList<>(bench.agents().catalog().types("ocf", "heartbeat"));
        assertThat(types).contains("IPaddr2", "Dummy").isSorted();
        assertThat(bench.agents().catalog().types("ocf", "ringfence"))
                .containsExactly("address", "director", "dummy", "ipvs-sync", "service");
    }
}
