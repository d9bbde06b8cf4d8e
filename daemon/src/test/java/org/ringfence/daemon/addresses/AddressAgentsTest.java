package org.ringfence.daemon.addresses;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.ringfence.controller.port.ResourceAgents;
import org.ringfence.model.AgentName;
import org.ringfence.model.status.ExecutionStatus;
import org.ringfence.network.address.Arrival;

class AddressAgentsTest {
    private final List<String> done = new CopyOnWriteArrayList<>();
    private Optional<String> conflict = Optional.empty();
    private boolean comesEarly;

    @Test
    void anAddressIsAskedForBeforeItsStartAndAnnouncedAfterIt() throws Exception {
        run("start", 0, Map.of("ip", "10.1.2.3", "nic", "eth0"), Map.of());
        run("start", 0, Map.of("ip", "fd00::9"), Map.of());
        assertThat(done)
                .containsExactly(
                        "ask 10.1.2.3 eth0",
                        "start",
                        "arrived 10.1.2.3",
                        "ask fd00:0:0:0:0:0:0:9 ",
                        "start",
                        "arrived fd00:0:0:0:0:0:0:9");
    }

    @Test
    void whatAnotherHostHasIsNotStarted() throws Exception {
        conflict = Optional.of("10.1.2.3 is in use by another host: 02:00:00:00:00:01 on eth0");
        ResourceAgents.Result result = run("start", 0, Map.of("ip", "10.1.2.3"), Map.of());
        assertThat(result.status()).isEqualTo(ExecutionStatus.DONE);
        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.reason()).contains("02:00:00:00:00:01");
        assertThat(done).containsExactly("ask 10.1.2.3 ");
    }

    @Test
    void whatDidNotStartHasNotArrived() throws Exception {
        run("start", 1, Map.of("ip", "10.1.2.3"), Map.of());
        assertThat(done).containsExactly("ask 10.1.2.3 ", "start");
    }

    @Test
    void whatIsHereBeforeItsAgentIsDoneArrivesThen() throws Exception {
        comesEarly = true;
        run("start", 0, Map.of("ip", "10.1.2.3"), Map.of());
        run("start", 1, Map.of("ip", "10.1.2.4"), Map.of());
        assertThat(done)
                .containsExactly(
                        "ask 10.1.2.3 ", "arrived 10.1.2.3", "start", "ask 10.1.2.4 ", "arrived 10.1.2.4", "start");
    }

    @Test
    void connectionsEndBeforeTheAddressGoes() throws Exception {
        run("stop", 0, Map.of("ip", "10.1.2.3"), Map.of());
        run("stop", 1, Map.of("ip", "10.1.2.4"), Map.of());
        assertThat(done).containsExactly("leaving 10.1.2.3", "stop", "gone 10.1.2.3", "leaving 10.1.2.4", "stop");
    }

    @Test
    void aMonitorTellsWhereItIs() throws Exception {
        run("monitor", 0, Map.of("ip", "10.1.2.3"), Map.of());
        run("monitor", 7, Map.of("ip", "10.1.2.3"), Map.of());
        run("monitor", 1, Map.of("ip", "10.1.2.3"), Map.of());
        assertThat(done).containsExactly("monitor", "present 10.1.2.3", "monitor", "gone 10.1.2.3", "monitor");
    }

    @Test
    void namesAndSharedAddressesAreLeftToTheAgent() throws Exception {
        run("start", 0, Map.of("ip", "www.example.com"), Map.of());
        run("start", 0, Map.of(), Map.of());
        run("start", 0, Map.of("ip", "10.1.2.3"), Map.of("CRM_meta_clone", "0"));
        assertThat(done).containsExactly("start", "start", "start");
    }

    private ResourceAgents.Result run(
            String operation, int exitCode, Map<String, String> parameters, Map<String, String> meta) throws Exception {
        var result = new CompletableFuture<ResourceAgents.Result>();
        new AddressAgents(new Ending(exitCode), new Noting())
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
                        result::complete);
        return result.get(10, TimeUnit.SECONDS);
    }

    private final class Noting implements AddressAgents.Care {
        @Override
        public Optional<String> conflict(InetAddress address, String nic) {
            done.add("ask " + address.getHostAddress() + " " + nic);
            return conflict;
        }

        @Override
        public void arriving(Arrival arrival) {
            if (comesEarly) {
                arrival.here();
            }
        }

        @Override
        public void arrived(String resource, InetAddress address) {
            done.add("arrived " + address.getHostAddress());
        }

        @Override
        public void present(InetAddress address) {
            done.add("present " + address.getHostAddress());
        }

        @Override
        public void leaving(String resource, InetAddress address) {
            done.add("leaving " + address.getHostAddress());
        }

        @Override
        public void gone(InetAddress address) {
            done.add("gone " + address.getHostAddress());
        }
    }

    private final class Ending implements ResourceAgents {
        private final int exitCode;

        private Ending(int exitCode) {
            this.exitCode = exitCode;
        }

        @Override
        public void execute(Request request, Consumer<Result> whenDone) {
            done.add(request.operation());
            whenDone.accept(
                    new Result(request.token(), ExecutionStatus.DONE, exitCode, "", "", Instant.EPOCH, Duration.ZERO));
        }

        @Override
        public void cancel(long token) {}

        @Override
        public void whenProcessesEnd(Consumer<String> resource) {}
    }
}
