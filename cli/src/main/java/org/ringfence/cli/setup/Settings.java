package org.ringfence.cli.setup;

import java.util.List;
import java.util.stream.Collectors;

/** The text of {@code ringfence.conf}: lines {@code key = value}. What is not in it has the daemon's defaults. */
final class Settings {
    static final int DEFAULT_PORT = 7788;

    private Settings() {}

    static String text(String cluster, NodeAddress self, int port, List<NodeAddress> nodes, SettingsFolder folder) {
        String peers = nodes.stream()
                .map(node -> "peer." + node.node() + " = " + node.host() + ":" + port)
                .collect(Collectors.joining("\n"));
        return """
            # Settings of this node. All nodes of a cluster have the same ones, except for node and bind.
            cluster = %s
            node = %s
            bind = %s
            port = %d

            # Every node, and where it can be reached.
            %s

            # Who has this key is a member of the cluster.
            key-store = %s
            key-store-password-file = %s
            """.formatted(cluster, self.node(), self.host(), port, peers, folder.keyStore(), folder.password());
    }
}
