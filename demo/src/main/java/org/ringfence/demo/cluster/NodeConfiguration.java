package org.ringfence.demo.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.ringfence.demo.host.Host;
import org.ringfence.demo.host.Hosts;
import org.ringfence.demo.host.Run;

/** Writes what every node's daemon is told: its configuration file. */
final class NodeConfiguration {
    static final int PORT = 7788;

    private NodeConfiguration() {}

    /** The disk that all hosts see. */
    static Path sharedDisk(Run run) {
        return run.folder().resolve("shared-disk");
    }

    /** The watchdog of a host. */
    static Path watchdog(Host host) {
        return host.folder().resolve("watchdog");
    }

    private static String guard(ClusterSettings settings, Run run, Host host) {
        String watchdog = "watchdog = simulated:" + watchdog(host) + "\n";
        return switch (settings.fencing()) {
            case SWITCH -> "";
            case SBD -> "sbd-devices = " + sharedDisk(run) + "\n" + watchdog;
            case WATCHDOG -> watchdog;
        };
    }

    static Path file(Host host) {
        return host.folder().resolve("ringfence.conf");
    }

    static void writeAll(ClusterSettings settings, Run run, Hosts hosts, KeyStore keys) throws IOException {
        var names = new StringBuilder("127.0.0.1 localhost\n");
        var peers = new StringBuilder();
        for (Host host : hosts.hosts()) {
            names.append("%s %s%n".formatted(host.address(), host.name()));
            peers.append("peer.%s = %s:%d%n".formatted(host.name(), host.address(), PORT));
        }
        Files.writeString(run.folder().resolve("hosts"), names);
        for (Host host : hosts.hosts()) {
            Files.writeString(file(host), """
                # A node of `ringfence demo`, run %s.
                cluster = %s
                node = %s
                bind = %s
                port = %d
                %sstate = %s
                socket = %s
                agents = %s:/usr/lib/ocf/resource.d
                fence-agents = %s
                key-store = %s
                key-store-password-file = %s
                %s\
                """.formatted(
                            run.id(),
                            settings.name(),
                            host.name(),
                            host.address(),
                            PORT,
                            peers,
                            ClusterNode.state(host),
                            ClusterNode.socket(host),
                            DemoService.agents(host),
                            Cluster.fenceAgents(run),
                            keys.file(),
                            keys.passwordFile(),
                            guard(settings, run, host)));
        }
    }
}
