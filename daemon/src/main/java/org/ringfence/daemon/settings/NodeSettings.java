package org.ringfence.daemon.settings;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import org.ringfence.engine.embedded.Endpoint;
import org.ringfence.guard.settings.GuardSettings;
import org.ringfence.model.NodeId;

/**
 * The settings of one node, from its configuration file.
 *
 * @param peers        every node of the cluster with where it listens, this one too
 * @param keyStore     empty only when the file asks for {@code security = plain}
 * @param agents       folders with a folder of OCF agents for each provider, searched in order
 * @param fenceAgents  folders with fence agents, searched in order
 * @param adminGroup   whose members may use the local API besides root
 * @param startupGrace how long the first DC waits for nodes that nobody has seen yet
 * @param stopTimeout  how long leaving may take before the daemon ends all the same
 * @param guard        the guard that this node has to have; empty when it is to have none
 */
public record NodeSettings(
        String cluster,
        NodeId node,
        Endpoint listen,
        SequencedMap<NodeId, Endpoint> peers,
        Optional<KeyStore> keyStore,
        Path state,
        Path socket,
        List<Path> agents,
        List<Path> fenceAgents,
        Optional<String> adminGroup,
        Duration startupGrace,
        Duration hungAfter,
        Duration stopTimeout,
        Optional<GuardSettings> guard) {

    public NodeSettings {
        peers = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(peers));
        agents = List.copyOf(agents);
        fenceAgents = List.copyOf(fenceAgents);
    }

    /** Where the cluster's key is, and the file that holds its password. */
    public record KeyStore(Path file, Path passwordFile) {}
}
