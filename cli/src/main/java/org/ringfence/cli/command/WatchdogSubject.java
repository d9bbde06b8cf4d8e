package org.ringfence.cli.command;

import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.ringfence.api.Client;
import org.ringfence.api.DaemonUnavailableException;
import org.ringfence.api.ExitStatus;
import org.ringfence.api.Reply;
import org.ringfence.api.Request;
import org.ringfence.api.StatusReply;
import org.ringfence.api.json.RecordJson;
import org.ringfence.api.status.ResourceStatus;
import org.ringfence.cli.Context;
import org.ringfence.cli.LocalCommand;
import org.ringfence.guard.probe.Probe;
import org.ringfence.guard.probe.WatchdogDriver;
import org.ringfence.model.NodeId;
import picocli.CommandLine.Option;

/** What commands have that put this host at stake. */
abstract class WatchdogSubject extends LocalCommand {
    @Option(names = "--json", description = "Answer with one line of JSON.")
    private boolean json;

    @Option(
            names = "--state",
            paramLabel = "DIR",
            description = "The node's folder, where results are kept. Default: /var/lib/ringfence.")
    private Path state = Path.of("/var/lib/ringfence");

    @Option(
            names = "--socket",
            paramLabel = "PATH",
            description = "The node's local socket: it is asked whether resources run here.")
    private @Nullable Path socket;

    @Option(
            names = "--while-resources-run",
            description = "Do it although resources run on this node, which a mistake would stop.")
    private boolean whileResourcesRun;

    WatchdogSubject(Context context) {
        super(context);
    }

    final boolean json() {
        return json;
    }

    final Path state() {
        return state;
    }

    /** Whether resources run here, and that was not said to be known; then it has been complained of. */
    final boolean resourcesAtStake() {
        if (whileResourcesRun) {
            return false;
        }
        List<String> here = resourcesHere();
        if (here.isEmpty()) {
            return false;
        }
        terminal()
                .complain("ringfence watchdog: refused: this arms the watchdog, and " + String.join(", ", here)
                        + " would go down with this host; stop this node or put it in standby before, or say"
                        + " --while-resources-run");
        return true;
    }

    private List<String> resourcesHere() {
        Path at = Optional.ofNullable(socket).orElseGet(context()::defaultSocket);
        try (Client client = Client.connect(at)) {
            Reply.Outcome outcome = client.call(new Request.Status());
            if (outcome instanceof StatusReply status) {
                return running(status.resources(), status.cluster().thisNode());
            }
            return List.of("whatever runs here (the daemon does not say)");
        } catch (DaemonUnavailableException noDaemon) {
            // A daemon that runs and does not answer holds resources for all that is known.
            return Files.exists(at) && isListening(at)
                    ? List.of("whatever runs here (the daemon is silent)")
                    : List.of();
        }
    }

    /** Whether somebody has the socket, who then did not answer in time. */
    private static boolean isListening(Path socket) {
        try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
            return channel.isConnected();
        } catch (IOException nobody) {
            return false;
        }
    }

    private static List<String> running(List<ResourceStatus> resources, NodeId node) {
        return resources.stream()
                .flatMap(resource -> Stream.concat(
                        resource.places().stream()
                                        .anyMatch(place -> place.node().equals(node))
                                ? Stream.of(resource.id())
                                : Stream.empty(),
                        running(resource.members(), node).stream()))
                .toList();
    }

    static Probe probe() throws IOException {
        return new Probe(Files.readString(Path.of("/proc/cpuinfo")).contains(" hypervisor"));
    }

    final <T> void print(RecordJson<T> shape, T value) {
        terminal().line(new String(shape.write(value), StandardCharsets.UTF_8));
        terminal().flush();
    }

    final ExitStatus failed(String what) {
        terminal().complain("ringfence watchdog: " + what);
        return ExitStatus.NOT_DONE;
    }

    /** Why a device could not be opened or asked, with what would help. */
    static String why(WatchdogDriver driver, IOException e) {
        String reason = String.valueOf(e.getMessage());
        if (reason.contains("Permission denied")) {
            return driver.path() + ": " + reason + "; watchdogs are root's";
        }
        if (reason.contains("No such")) {
            return driver.path() + ": " + reason + "; 'ringfence watchdog probe' lists those that there are; a host"
                    + " without any has the kernel's own after 'modprobe softdog'";
        }
        return reason.startsWith(driver.path()) ? reason : driver.path() + ": " + reason;
    }
}
