package org.ringfence.engine.embedded;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.function.UnaryOperator;
import org.ringfence.controller.port.Engine.EngineException;
import org.ringfence.model.NodeId;

/** Engines of one cluster in this process, {@code a}, {@code b}, {@code c}, ... on free ports of the loopback. */
final class TestCluster implements AutoCloseable {
    static final Duration SOON = Duration.ofSeconds(10);

    private final SequencedMap<NodeId, Endpoint> endpoints = new LinkedHashMap<>();
    private final Map<String, EmbeddedEngine> engines = new LinkedHashMap<>();
    private final Map<String, Recorder> recorders = new LinkedHashMap<>();
    private final Security security;
    private final UnaryOperator<EngineSettings> settings;

    TestCluster(int nodes, Security security, UnaryOperator<EngineSettings> settings) {
        this.security = security;
        this.settings = settings;
        List<Integer> ports = freePorts(nodes);
        for (int i = 0; i < nodes; i++) {
            endpoints.put(new NodeId(Character.toString('a' + i)), new Endpoint("127.0.0.1", ports.get(i)));
        }
    }

    TestCluster(int nodes, Security security) {
        this(nodes, security, UnaryOperator.identity());
    }

    SequencedMap<NodeId, Endpoint> endpoints() {
        return endpoints;
    }

    Endpoint endpoint(String node) {
        return requireNonNull(endpoints.get(new NodeId(node)));
    }

    EngineSettings settings(String node) {
        return settings(node, security);
    }

    EngineSettings settings(String node, Security with) {
        return settings.apply(EngineSettings.of(new NodeId(node), "test", endpoint(node), endpoints, with));
    }

    /** Starts a node, with a recorder of its own. */
    Recorder start(String node) throws EngineException {
        return start(node, settings(node));
    }

    Recorder start(String node, EngineSettings with) throws EngineException {
        EmbeddedEngine engine = new EmbeddedEngine(with);
        Recorder recorder = new Recorder();
        engine.start(recorder);
        engines.put(node, engine);
        recorders.put(node, recorder);
        return recorder;
    }

    /** Starts all and waits until each sees each. */
    void startAll() throws EngineException {
        for (NodeId node : endpoints.keySet()) {
            start(node.name());
        }
        awaitFormed();
    }

    void awaitFormed() {
        for (String node : engines.keySet()) {
            for (String peer : engines.keySet()) {
                if (!peer.equals(node)) {
                    recorder(node).await("reachable " + peer, SOON);
                }
            }
        }
    }

    Recorder recorder(String node) {
        return requireNonNull(recorders.get(node));
    }

    void send(String from, String to, String text) {
        requireNonNull(engines.get(from)).send(new NodeId(to), Bytes.of(text));
    }

    void send(String from, String to, byte[] payload) {
        requireNonNull(engines.get(from)).send(new NodeId(to), payload);
    }

    void stop(String node, boolean leaving) {
        requireNonNull(engines.remove(node)).close(leaving);
    }

    @Override
    public void close() {
        engines.values().forEach(engine -> engine.close(false));
    }

    /** Ports that nobody uses at this moment, neither for TCP nor for UDP. */
    static List<Integer> freePorts(int count) {
        List<ServerSocket> held = new ArrayList<>();
        List<Integer> ports = new ArrayList<>();
        try {
            InetAddress loopback = InetAddress.getLoopbackAddress();
            while (ports.size() < count) {
                ServerSocket socket = new ServerSocket(0, 1, loopback);
                held.add(socket);
                try (DatagramSocket datagrams =
                        new DatagramSocket(new InetSocketAddress(loopback, socket.getLocalPort()))) {
                    ports.add(datagrams.getLocalPort());
                } catch (IOException e) {
                    // Taken for UDP: the next one.
                }
            }
            for (ServerSocket socket : held) {
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return ports;
    }
}
