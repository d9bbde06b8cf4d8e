package org.ringfence.cli;

import java.io.IOException;
import java.io.InputStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.ringfence.api.Lines;
import org.ringfence.api.Reply;
import org.ringfence.api.StatusReply;
import org.ringfence.api.status.AddressStatus;
import org.ringfence.api.status.ClusterStatus;
import org.ringfence.api.status.FailCount;
import org.ringfence.api.status.FenceDeviceStatus;
import org.ringfence.api.status.GuardStatus;
import org.ringfence.api.status.Interlock;
import org.ringfence.api.status.NodeStatus;
import org.ringfence.api.status.RecentProblem;
import org.ringfence.api.status.ResourcePlace;
import org.ringfence.api.status.ResourceStatus;
import org.ringfence.api.status.Role;
import org.ringfence.api.status.RunningTransition;
import org.ringfence.model.AgentName;
import org.ringfence.model.NodeId;
import org.ringfence.model.cib.CibVersion;
import org.ringfence.model.problem.Place;
import org.ringfence.model.problem.Problem;

/** A node for rehearsals: it listens at a socket of its own, and gives the answer that it is told to give, whatever is asked. */
final class RehearsedNode implements AutoCloseable {
    private final Path folder;
    private final Path socket;
    private final ServerSocketChannel server;

    private RehearsedNode(Path folder, Path socket, ServerSocketChannel server) {
        this.folder = folder;
        this.socket = socket;
        this.server = server;
    }

    static RehearsedNode start() throws IOException {
        Path folder = Files.createTempDirectory("ringfence");
        Path socket = folder.resolve("socket");
        ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        server.bind(UnixDomainSocketAddress.of(socket));
        return new RehearsedNode(folder, socket, server);
    }

    Path socket() {
        return socket;
    }

    /** One command, and the answer that it gets. */
    void answer(Reply answer, Runnable command) throws InterruptedException {
        Thread node = Thread.ofPlatform().start(() -> answer(answer));
        command.run();
        node.join();
    }

    private void answer(Reply answer) {
        try (SocketChannel caller = server.accept()) {
            InputStream in = Channels.newInputStream(caller);
            for (int read = in.read(); read >= 0 && read != '\n'; read = in.read()) {
                // the request: all of them get the same answer
            }
            caller.write(ByteBuffer.wrap(Lines.write(answer, true)));
            caller.write(ByteBuffer.wrap(new byte[] {'\n'}));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        Files.deleteIfExists(socket);
        Files.delete(folder);
    }

    /** Of a cluster in which there is something of everything that a status shows. */
    static StatusReply status() {
        var node = new NodeId("n1");
        Instant now = Instant.parse("2026-03-01T14:05:09.123456Z");
        Problem wrong = Problem.warning(Place.NONE, "fence device a", "was never proven", "ringfence fence test");
        return new StatusReply(
                now,
                new ClusterStatus(
                        "shop", node, Optional.of(node), true, "1 of 1 nodes", 1, new CibVersion(0, 1, 0), false),
                new Interlock(Interlock.State.RELEASED, "fencing is usable", List.of()),
                List.of(
                        device(node, Optional.of(now)),
                        device(node, Optional.of(now.minus(Duration.ofMinutes(5)))),
                        device(node, Optional.of(now.minus(Duration.ofHours(5)))),
                        device(node, Optional.of(now.minus(Duration.ofDays(5)))),
                        device(node, Optional.empty())),
                List.of(),
                List.of(new NodeStatus(node, NodeStatus.State.ONLINE, false, false, Optional.of(now), "")),
                List.of(
                        resource("web", List.of(new ResourcePlace(node, "web", Role.STARTED, false, "")), List.of()),
                        resource("db", List.of(), List.of(wrong)),
                        new ResourceStatus(
                                "mail",
                                ResourceStatus.Kind.GROUP,
                                Optional.empty(),
                                Role.STARTED,
                                true,
                                List.of(),
                                List.of(new FailCount(node, 2, Optional.of(3), Optional.of(now), "monitor")),
                                List.of(),
                                List.of(resource("smtp", List.of(), List.of())))),
                Optional.of(new RunningTransition(1, "a node was lost", now, 1, 2, List.of("start db on n1"))),
                List.of(wrong),
                List.of(new RecentProblem(now, Optional.of(node), wrong)),
                Optional.of(new GuardStatus(true, "armed", Optional.of(now), "it was too late")),
                Optional.of(new AddressStatus(1, 1, 1, 1, 1)));
    }

    private static FenceDeviceStatus device(NodeId target, Optional<Instant> proven) {
        var agent = new AgentName("stonith", "", "fence_ipmilan");
        return new FenceDeviceStatus("fence", agent, List.of(target), true, "", proven, "status");
    }

    private static ResourceStatus resource(String id, List<ResourcePlace> places, List<Problem> whyNot) {
        return new ResourceStatus(
                id,
                ResourceStatus.Kind.PRIMITIVE,
                Optional.of(
                        places.isEmpty()
                                ? new AgentName("systemd", "", "nginx")
                                : new AgentName("ocf", "heartbeat", "nginx")),
                Role.STARTED,
                true,
                places,
                List.of(),
                whyNot,
                List.of());
    }
}
