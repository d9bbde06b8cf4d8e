package org.ringfence.demo.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ringfence.demo.client.Attempt;
import org.ringfence.demo.client.Probe;
import org.ringfence.demo.host.Host;
import org.ringfence.model.cib.Cib;

class DemoServiceTest {
    @TempDir
    Path base;

    /** The hosts, the service and the client fit together, with agents called as a daemon would call them. */
    @Test
    void theServiceAnswersWithItsNodesNameBetweenStartAndStop() throws Exception {
        try (Cluster cluster = Cluster.make(settings());
                Probe client = cluster.probe(Duration.ofMillis(10), Duration.ofMillis(200))) {
            Host host = cluster.hosts().host("n2");
            host.powerOn();
            assertThat(agent(host, "monitor")).isEqualTo(7);
            Instant began = Instant.now();
            assertThat(agent(host, "start")).isZero();
            assertThat(client.await(began, _ -> true, Duration.ofSeconds(5)).map(Attempt::answer))
                    .hasValue("n2");
            assertThat(agent(host, "start")).isZero();
            assertThat(agent(host, "monitor")).isZero();
            // It has no environment but what its agent gave it, and still belongs to its host.
            host.powerOff();
            host.powerOn();
            assertThat(agent(host, "monitor")).isEqualTo(7);
            assertThat(agent(host, "start")).isZero();
            assertThat(agent(host, "stop")).isZero();
            assertThat(agent(host, "monitor")).isEqualTo(7);
        }
        assertThat(base).isEmptyDirectory();
    }

    private static int agent(Host host, String action) throws Exception {
        var builder = new ProcessBuilder(
                        DemoService.agents(host).resolve("demo/service").toString(), action)
                .redirectErrorStream(true);
        builder.environment().clear();
        builder.environment().put("PATH", "/usr/bin:/bin");
        builder.environment().put("OCF_RESOURCE_INSTANCE", "web-service");
        builder.environment().put("OCF_RESKEY_port", "7000");
        Process process = builder.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(said).isEmpty();
        return process.waitFor();
    }

    @Test
    void theConfigurationIsUnderstoodAsAWhole() throws Exception {
        try (Cluster cluster = Cluster.make(settings())) {
            Cib cib = Cib.read(cluster.serviceCib(true).xml(), "demo.xml");
            assertThat(cib.problems()).isEmpty();
        }
    }

    private ClusterSettings settings() {
        return new ClusterSettings(
                2, false, List.of("false"), base, OptionalLong.empty(), Duration.ZERO, "demo", Fencing.SWITCH);
    }
}
