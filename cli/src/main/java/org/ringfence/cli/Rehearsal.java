package org.ringfence.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.Writer;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ringfence.api.Lines;
import org.ringfence.api.Reply;
import org.ringfence.api.StatusReply;
import org.ringfence.api.status.ClusterStatus;
import org.ringfence.api.status.FenceDeviceStatus;
import org.ringfence.api.status.Interlock;
import org.ringfence.api.status.NodeStatus;
import org.ringfence.api.status.ResourcePlace;
import org.ringfence.api.status.ResourceStatus;
import org.ringfence.api.status.Role;
import org.ringfence.cli.terminal.Terminal;
import org.ringfence.model.AgentName;
import org.ringfence.model.NodeId;
import org.ringfence.model.cib.CibVersion;

/**
 * Does once what commands usually do, against a node of its own making and with nobody looking, so that the virtual machine can
 * keep what it loaded (JEP 514). The launcher runs it after a build; commands start in a fraction of the time then.
 */
final class Rehearsal {
    private Rehearsal() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("ringfence");
        Path socket = folder.resolve("socket");
        try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(UnixDomainSocketAddress.of(socket));
            ask(server, socket, status(), "status");
            ask(server, socket, status(), "status", "--json", "--socket=" + socket);
            ask(server, socket, new Reply.Done("done", List.of()), "move", "web", "n2", "--for", "1h");
            ask(server, socket, new Reply.Plan(List.of(), List.of(), List.of()), "standby", "n1", "--plan");
            ask(server, socket, configuration(), "whatif", "--every-single-failure");
            run(socket, "--help");
        } finally {
            Files.deleteIfExists(socket);
            Files.delete(folder);
        }
    }

    /** One command, and the answer that it gets. */
    private static void ask(ServerSocketChannel server, Path socket, Reply answer, String... arguments)
            throws InterruptedException {
        Thread node = Thread.ofPlatform().start(() -> answer(server, answer));
        run(socket, arguments);
        node.join();
    }

    private static void run(Path socket, String... arguments) {
        var nowhere = new PrintWriter(Writer.nullWriter());
        var context = new Context(
                new Terminal(nowhere, nowhere, true),
                Map.of("RINGFENCE_SOCKET", socket.toString()),
                InstantSource.system(),
                ZoneId.systemDefault());
        int status = new CommandLines(context).run(arguments);
        if (status != 0) {
            throw new IllegalStateException(String.join(" ", arguments) + " ended with status " + status);
        }
    }

    private static void answer(ServerSocketChannel server, Reply answer) {
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

    /** Of a cluster that deals with every single failure. */
    private static Reply configuration() {
        String state = "<node_state id='%s' uname='n%1$s' in_ccm='true' crmd='online' join='member' expected='member'>";
        String operation = "<lrm_rsc_op id='web_%1$s_%2$d' operation_key='web_%1$s_%2$d' operation='%1$s'"
                + " interval='%2$d' transition-key='1:1:0:x' call-id='3' rc-code='0' op-status='0' exec-time='10'/>";
        String cib = "<cib have-quorum='1' dc-uuid='1'><configuration><crm_config/><nodes><node id='1' uname='n1'/>"
                + "<node id='2' uname='n2'/></nodes><resources>"
                + "<primitive id='a' class='stonith' type='fence_x'/><primitive id='b' class='stonith' type='fence_x'/>"
                + "<primitive id='web' class='ocf' provider='x' type='y'><operations>"
                + "<op id='m' name='monitor' interval='10s'/></operations></primitive></resources><constraints>"
                + "<rsc_location id='l' rsc='web' node='n1' score='5'/></constraints></configuration><status>"
                + state.formatted("1")
                + "<lrm id='1'><lrm_resources><lrm_resource id='web' class='ocf' provider='x' type='y'>"
                + operation.formatted("start", 0) + operation.formatted("monitor", 10_000)
                + "</lrm_resource></lrm_resources></lrm></node_state>" + state.formatted("2")
                + "</node_state></status></cib>";
        return new Reply.Configuration(new CibVersion(0, 1, 0), cib, new Reply.ChangeNote("", Instant.EPOCH, ""));
    }

    private static StatusReply status() {
        var node = new NodeId("n1");
        var now = Instant.EPOCH;
        return new StatusReply(
                now,
                new ClusterStatus(
                        "shop", node, Optional.of(node), true, "1 of 1 nodes", 1, new CibVersion(0, 1, 0), false),
                new Interlock(Interlock.State.RELEASED, "fencing is usable", List.of()),
                List.of(new FenceDeviceStatus(
                        "fence",
                        new AgentName("stonith", "", "fence_ipmilan"),
                        List.of(node),
                        true,
                        "",
                        Optional.of(now),
                        "status")),
                List.of(),
                List.of(new NodeStatus(node, NodeStatus.State.ONLINE, false, false, Optional.of(now), "")),
                List.of(new ResourceStatus(
                        "web",
                        ResourceStatus.Kind.PRIMITIVE,
                        Optional.of(new AgentName("ocf", "heartbeat", "nginx")),
                        Role.STARTED,
                        true,
                        List.of(new ResourcePlace(node, "web", Role.STARTED, false, "")),
                        List.of(),
                        List.of(),
                        List.of())),
                Optional.empty(),
                List.of(),
                List.of());
    }
}
