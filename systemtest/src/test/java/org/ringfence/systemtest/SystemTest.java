package org.ringfence.systemtest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInfo;
import org.ringfence.api.DaemonUnavailableException;
import org.ringfence.api.Reply;
import org.ringfence.api.Request;
import org.ringfence.api.StatusReply;
import org.ringfence.api.status.NodeStatus;
import org.ringfence.api.status.ResourceStatus;
import org.ringfence.api.status.Role;
import org.ringfence.demo.client.Attempt;
import org.ringfence.demo.client.Probe;
import org.ringfence.demo.cluster.Cluster;
import org.ringfence.demo.cluster.ClusterNode;
import org.ringfence.demo.cluster.ClusterSettings;
import org.ringfence.demo.cluster.DemoCib;
import org.ringfence.demo.cluster.Fencing;
import org.ringfence.demo.host.Hosts;
import org.ringfence.model.NodeId;

/** A cluster for each test, and what tests do with it. The invariants are checked at the end of every test. */
abstract class SystemTest {
    /** More than any recovery takes on a busy machine; what is to be fast is measured in bench/failover. */
    static final Duration RECOVERY = Duration.ofSeconds(30);

    private Optional<Cluster> cluster = Optional.empty();
    private Optional<Probe> client = Optional.empty();

    @BeforeAll
    static void hostsOfTheirOwn() {
        Hosts.whyNotOwn()
                .ifPresent(why -> assumeTrue(
                        false, "SKIPPED: system tests need hosts of their own, and these cannot be made: " + why));
    }

    @AfterEach
    void invariantsHold(TestInfo test) throws IOException {
        client.ifPresent(Probe::close);
        if (cluster.isPresent()) {
            try (Cluster ended = cluster.get()) {
                keepLogs(ended, test);
                Invariants.check(ended);
            } finally {
                cluster = Optional.empty();
            }
        }
    }

    /** What a failure is explained by: below systemtest/target/logs, a folder for each test. */
    private static void keepLogs(Cluster ended, TestInfo test) throws IOException {
        Path folder = root().resolve("systemtest/target/logs")
                .resolve(test.getTestMethod().orElseThrow().getName());
        Files.createDirectories(folder);
        for (ClusterNode node : ended.nodes()) {
            Files.writeString(folder.resolve(node.name() + ".log"), log(node));
            if (Files.exists(node.guardLog())) {
                Files.copy(
                        node.guardLog(),
                        folder.resolve(node.name() + "-guard.log"),
                        StandardCopyOption.REPLACE_EXISTING);
            }
        }
        Files.writeString(
                folder.resolve("power.log"),
                ended.power().events().stream().map(event -> event + "\n").collect(Collectors.joining()));
        Files.writeString(
                folder.resolve("witness.log"),
                ended.witness().stream().map(deed -> deed + "\n").collect(Collectors.joining()));
    }

    private static Path root() {
        return Path.of(System.getProperty("ringfence.root", ".."))
                .toAbsolutePath()
                .normalize();
    }

    /** Fenced hosts stay off unless a test boots them. */
    static ClusterSettings settings(int nodes) {
        Path root = Path.of(System.getProperty("ringfence.root", ".."));
        return ClusterSettings.of(nodes)
                .launcher(List.of(
                        root.resolve("ringfence").toAbsolutePath().normalize().toString()))
                .bootTime(Duration.ofDays(1));
    }

    /** A cluster with all nodes online and no configuration yet. */
    Cluster form(ClusterSettings settings) throws IOException {
        Cluster made = Cluster.make(settings);
        cluster = Optional.of(made);
        made.startAll();
        made.awaitMembers(RECOVERY);
        return made;
    }

    Cluster cluster() {
        return cluster.orElseThrow();
    }

    /** One service, one witness beside it, a fence device. */
    DemoCib usual() {
        return cluster().serviceCib(true).primitive(Cluster.witness("w").operation("monitor", "5s", "20s"));
    }

    void load(DemoCib cib) throws DaemonUnavailableException {
        done(cluster().load(cib));
    }

    static void done(Reply.Outcome outcome) {
        assertThat(outcome).isInstanceOf(Reply.Done.class);
    }

    /** Three nodes, the usual resources, all of them running, the service asked by a client. */
    void usualCluster() throws Exception {
        usualCluster(Fencing.SWITCH);
    }

    /** The same with other means of fencing. */
    void usualCluster(Fencing fencing) throws Exception {
        form(settings(3).fencing(fencing));
        load(usual());
        askFromOutside();
        awaitActive("w");
    }

    /** Lets a client ask the service, and waits until it is answered. */
    void askFromOutside() throws Exception {
        client = Optional.of(cluster().probe(Duration.ofMillis(20), Duration.ofMillis(500)));
        awaitAnswer(Instant.now(), _ -> true);
        settled();
    }

    Probe client() {
        return client.orElseThrow();
    }

    Attempt awaitAnswer(Instant from, Predicate<Attempt> wanted) throws Exception {
        return client().await(from, wanted, RECOVERY)
                .orElseThrow(() -> new AssertionError("the client was not answered in time"));
    }

    Attempt awaitAnswerByAnotherThan(ClusterNode node, Instant from) throws Exception {
        return awaitAnswer(from, attempt -> !attempt.answer().equals(node.name()));
    }

    /** Whether any node answered the client since. */
    boolean answeredSince(Instant from) {
        return client().since(from).stream().anyMatch(Attempt::answered);
    }

    ClusterNode holder() {
        return cluster().node(client().lastAnswer().orElseThrow().answer());
    }

    ClusterNode dc() throws DaemonUnavailableException {
        return cluster().node(settled().cluster().dc().orElseThrow().name());
    }

    StatusReply settled() throws DaemonUnavailableException {
        done(cluster().anyNode().call(new Request.WaitSettled(RECOVERY)));
        return cluster().anyNode().status();
    }

    /** Moves the service and waits until it is there. */
    void place(ClusterNode to) throws Exception {
        if (holder() == to) {
            return;
        }
        Instant asked = Instant.now();
        done(cluster()
                .anyNode()
                .call(new Request.Move("web", Optional.of(new NodeId(to.name())), Duration.ofMinutes(5), false)));
        awaitAnswer(asked, attempt -> attempt.answer().equals(to.name()));
        done(cluster().anyNode().call(new Request.Unmove("web", false)));
        settled();
    }

    /** Waits until a resource runs somewhere, and says where. */
    ClusterNode awaitActive(String resource) {
        return Cluster.await(
                resource + " active",
                RECOVERY,
                () -> cluster()
                        .status()
                        .flatMap(status -> place(status, resource))
                        .map(cluster()::node));
    }

    /** Where a resource is active without anything being done to it there. */
    static Optional<String> place(StatusReply status, String resource) {
        return all(status.resources())
                .filter(found -> found.id().equals(resource))
                .flatMap(found -> found.places().stream())
                .filter(place -> place.role() == Role.STARTED
                        && !place.failed()
                        && place.pending().isEmpty())
                .map(place -> place.node().name())
                .findFirst();
    }

    static Stream<ResourceStatus> all(List<ResourceStatus> resources) {
        return resources.stream().flatMap(resource -> Stream.concat(Stream.of(resource), all(resource.members())));
    }

    static Optional<NodeStatus.State> state(StatusReply status, ClusterNode node) {
        return status.nodes().stream()
                .filter(found -> found.node().name().equals(node.name()))
                .map(NodeStatus::state)
                .findFirst();
    }

    /** The configuration as a node has it. */
    static String configuration(ClusterNode node) {
        try {
            return node.call(new Request.ConfigureShow()) instanceof Reply.Configuration configuration
                    ? configuration.cib()
                    : "";
        } catch (DaemonUnavailableException silent) {
            return "";
        }
    }

    Reply.Outcome setProperty(ClusterNode by, String name, String value) throws DaemonUnavailableException {
        return by.call(new Request.SetProperty(name, Optional.of(value), "system test", false));
    }

    /** Waits until every node that is on has this in its configuration. */
    void awaitEverywhere(String words) {
        Cluster.await("'" + words + "' in the configuration of every node", RECOVERY, () -> {
            boolean all = cluster().nodes().stream()
                    .filter(ClusterNode::isOn)
                    .allMatch(node -> configuration(node).contains(words));
            return all ? Optional.of(true) : Optional.empty();
        });
    }

    static String log(ClusterNode node) throws IOException {
        return Files.exists(node.log()) ? Files.readString(node.log()) : "";
    }
}
