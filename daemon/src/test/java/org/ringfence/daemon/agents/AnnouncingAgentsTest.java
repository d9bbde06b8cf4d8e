package org.ringfence.daemon.agents;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.ringfence.controller.port.ResourceAgents;
import org.ringfence.model.AgentName;
import org.ringfence.model.status.ExecutionStatus;

class AnnouncingAgentsTest {
    private final List<String> announced = new ArrayList<>();

    @Test
    void anAddressThatWasStartedIsAnnounced() {
        run("start", 0, Map.of("ip", "10.1.2.3"), Map.of());
        run("start", 0, Map.of("ip", "fd00::9"), Map.of());
        assertThat(announced).containsExactly("10.1.2.3", "fd00:0:0:0:0:0:0:9");
    }

    @Test
    void whatWasNotStartedIsNot() {
        run("start", 1, Map.of("ip", "10.1.2.3"), Map.of());
        run("monitor", 0, Map.of("ip", "10.1.2.3"), Map.of());
        run("stop", 0, Map.of("ip", "10.1.2.3"), Map.of());
        assertThat(announced).isEmpty();
    }

    @Test
    void namesAndSharedAddressesAreLeftToTheAgent() {
        run("start", 0, Map.of("ip", "www.example.com"), Map.of());
        run("start", 0, Map.of(), Map.of());
        run("start", 0, Map.of("ip", "10.1.2.3"), Map.of("CRM_meta_clone", "0"));
        assertThat(announced).isEmpty();
    }

    private void run(String operation, int exitCode, Map<String, String> parameters, Map<String, String> meta) {
        var results = new ArrayList<ResourceAgents.Result>();
        new AnnouncingAgents(ending(exitCode), address -> announced.add(address.getHostAddress()))
                .execute(
                        new ResourceAgents.Request(
                                1,
                                "address",
                                new AgentName("ocf", "heartbeat", "IPaddr2"),
                                operation,
                                new LinkedHashMap<>(parameters),
                                new LinkedHashMap<>(meta),
                                Duration.ZERO,
                                Duration.ofSeconds(20)),
                        results::add);
        assertThat(results).hasSize(1);
    }

    private static ResourceAgents ending(int exitCode) {
        return new ResourceAgents() {
            @Override
            public void execute(Request request, Consumer<Result> whenDone) {
                whenDone.accept(new Result(
                        request.token(), ExecutionStatus.DONE, exitCode, "", "", Instant.EPOCH, Duration.ZERO));
            }

            @Override
            public void cancel(long token) {}

            @Override
            public void whenProcessesEnd(Consumer<String> resource) {}
        };
    }
}
