package org.ringfence.demo.failover;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.ringfence.api.DaemonUnavailableException;
import org.ringfence.api.ExitStatus;
import org.ringfence.api.Reply;
import org.ringfence.api.Request;
import org.ringfence.api.StatusReply;
import org.ringfence.api.status.NodeStatus;
import org.ringfence.api.status.ResourceStatus;
import org.ringfence.api.status.Role;
import org.ringfence.demo.cluster.Cluster;
import org.ringfence.demo.cluster.ClusterNode;
import org.ringfence.demo.cluster.ClusterSettings;
import org.ringfence.demo.host.Network;
import org.ringfence.model.NodeId;

/** Ringfence with default settings. Fenced hosts stay off until they are started, as the peer's do. */
final class RingfenceStack implements Stack {
    private static final Duration STARTING = Duration.ofSeconds(60);

    private final Cluster cluster;

    private RingfenceStack(Cluster cluster) {
        this.cluster = cluster;
    }

    /** State is kept in memory, as the peer's laboratory keeps it. */
    static RingfenceStack start(int nodes) throws IOException {
        Cluster cluster = Cluster.make(
                ClusterSettings.of(nodes).own(true).stateBytes(256L << 20).bootTime(Duration.ofDays(1)));
        var stack = new RingfenceStack(cluster);
        try {
            cluster.startAll();
            cluster.awaitMembers(STARTING);
            stack.ask(new Request.ConfigureLoad(
                    cluster.serviceCib(true).property("fencing-loop-limit", "0").xml(),
                    "bench.xml",
                    "bench",
                    false,
                    false));
            stack.settled(STARTING);
            return stack;
        } catch (IOException | RuntimeException failure) {
            cluster.close();
            throw failure;
        }
    }

    Cluster cluster() {
        return cluster;
    }

    @Override
    public String name() {
        return "Ringfence";
    }

    @Override
    public List<String> nodes() {
        return cluster.names();
    }

    @Override
    public Network client() {
        return cluster.hosts().client();
    }

    @Override
    public InetSocketAddress service() {
        return new InetSocketAddress(
                InetAddress.ofLiteral(cluster.hosts().serviceAddress().orElseThrow()), 7000);
    }

    @Override
    public Situation settled(Duration timeout) throws IOException {
        Instant end = Instant.now().plus(timeout);
        while (Instant.now().isBefore(end)) {
            Optional<StatusReply> status = cluster.status();
            Optional<Situation> situation = status.filter(RingfenceStack::complete)
                    .flatMap(seen -> holder(seen)
                            .map(holder -> new Situation(
                                    seen.cluster().dc().orElseThrow().name(), holder)));
            if (situation.isPresent()) {
                return situation.get();
            }
            sleep(50);
        }
        throw new IOException("not settled within " + timeout.toSeconds() + " s: "
                + cluster.status().map(StatusReply::toString).orElse("no daemon answers"));
    }

    private static boolean complete(StatusReply status) {
        return status.cluster().dc().isPresent()
                && status.transition().isEmpty()
                && status.nodes().stream().allMatch(node -> node.state() == NodeStatus.State.ONLINE);
    }

    private static Optional<String> holder(StatusReply status) {
        return status.resources().stream()
                .flatMap(resource -> resource.members().stream())
                .filter(member -> member.id().equals("web-service"))
                .map(ResourceStatus::places)
                .filter(places -> places.size() == 1
                        && places.getFirst().role() == Role.STARTED
                        && places.getFirst().pending().isEmpty())
                .map(places -> places.getFirst().node().name())
                .findFirst();
    }

    @Override
    public void move(String to) throws IOException {
        ask(new Request.Move("web", Optional.of(new NodeId(to)), Duration.ofMinutes(10), false));
    }

    @Override
    public void forgetMove() throws IOException {
        ask(new Request.Unmove("web", false));
    }

    private void ask(Request request) throws IOException {
        try {
            Reply.Outcome outcome = cluster.anyNode().call(request);
            if (outcome.exitStatus() != ExitStatus.DONE) {
                throw new IOException(request + " is answered with " + outcome);
            }
        } catch (DaemonUnavailableException unavailable) {
            throw new IOException(unavailable);
        }
    }

    @Override
    public void cutPower(String node) throws IOException {
        cluster.node(node).off();
    }

    @Override
    public void cutLink(String node) throws IOException {
        cluster.node(node).machine().cutLink();
    }

    @Override
    public void comeBack(String node) throws IOException {
        ClusterNode back = cluster.node(node);
        if (back.isOn()) {
            back.machine().healLink();
        } else {
            back.start();
        }
    }

    @Override
    public void killService(String node) throws IOException {
        cluster.node(node).killService();
    }

    @Override
    public void powerOffAll() throws IOException {
        cluster.powerOffAll();
    }

    @Override
    public void startAll() throws IOException {
        cluster.startAll();
    }

    @Override
    public List<Long> daemons(String node) {
        return cluster.node(node).daemonPid().stream().toList();
    }

    @Override
    public List<Long> processes(String node) {
        return cluster.node(node).machine().processes();
    }

    @Override
    public void close() throws IOException {
        cluster.close();
    }

    static void sleep(long milliseconds) throws IOException {
        try {
            Thread.sleep(milliseconds);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", interrupted);
        }
    }
}
