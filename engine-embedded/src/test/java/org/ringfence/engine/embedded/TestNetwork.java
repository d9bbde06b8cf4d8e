package org.ringfence.engine.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import org.ringfence.model.NodeId;

/** Hosts {@code a}, {@code b}, ... as network namespaces on one bridge, without a way out; their links can be cut. */
final class TestNetwork implements AutoCloseable {
    private static final int PORT = 5_405;

    private final String prefix = "rfe" + ProcessHandle.current().pid();
    private final SequencedMap<NodeId, Endpoint> endpoints = new LinkedHashMap<>();

    /** Why there can be none here; empty when there can. */
    static Optional<String> unavailable() {
        try {
            if (!Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0)) {
                return Optional.of("network namespaces need root");
            }
            String probe = "rfeprobe" + ProcessHandle.current().pid();
            ChildEngine.run("ip", "netns", "add", probe);
            ChildEngine.run("ip", "netns", "delete", probe);
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of(
                    "no network namespaces: " + String.valueOf(e.getMessage()).strip());
        }
    }

    TestNetwork(int hosts) throws IOException {
        ChildEngine.run("ip", "netns", "add", bridge());
        try {
            inBridge("ip", "link", "add", "br0", "type", "bridge");
            inBridge("ip", "link", "set", "br0", "up");
            for (int i = 0; i < hosts; i++) {
                String host = Character.toString('a' + i);
                String address = "10.77.0." + (i + 1);
                endpoints.put(new NodeId(host), new Endpoint(address, PORT));
                ChildEngine.run("ip", "netns", "add", namespace(host));
                inBridge("ip", "link", "add", "v" + host, "type", "veth", "peer", "eth0", "netns", namespace(host));
                inBridge("ip", "link", "set", "v" + host, "master", "br0", "up");
                inHost(host, "ip", "link", "set", "lo", "up");
                inHost(host, "ip", "address", "add", address + "/24", "dev", "eth0");
                inHost(host, "ip", "link", "set", "eth0", "up");
            }
        } catch (IOException e) {
            close();
            throw e;
        }
    }

    SequencedMap<NodeId, Endpoint> endpoints() {
        return endpoints;
    }

    /** What a command must begin with to run on {@code host}. */
    List<String> on(String host) {
        return List.of("ip", "netns", "exec", namespace(host));
    }

    /** Pulls the cable: the host sees that its link is down. */
    void unplug(String host) throws IOException {
        inBridge("ip", "link", "set", "v" + host, "down");
    }

    void plug(String host) throws IOException {
        inBridge("ip", "link", "set", "v" + host, "up");
    }

    /** Cuts it off behind the switch: the host's link stays up, and silent. */
    void isolate(String host) throws IOException {
        inBridge("ip", "link", "set", "v" + host, "nomaster");
    }

    void join(String host) throws IOException {
        inBridge("ip", "link", "set", "v" + host, "master", "br0");
    }

    private String bridge() {
        return prefix;
    }

    private String namespace(String host) {
        return prefix + host;
    }

    private void inBridge(String... command) throws IOException {
        in(bridge(), command);
    }

    private void inHost(String host, String... command) throws IOException {
        in(namespace(host), command);
    }

    private static void in(String namespace, String... command) throws IOException {
        String[] whole = new String[command.length + 4];
        System.arraycopy(new String[] {"ip", "netns", "exec", namespace}, 0, whole, 0, 4);
        System.arraycopy(command, 0, whole, 4, command.length);
        ChildEngine.run(whole);
    }

    @Override
    public void close() throws IOException {
        for (NodeId host : endpoints.keySet()) {
            ChildEngine.run("ip", "netns", "delete", namespace(host.name()));
        }
        ChildEngine.run("ip", "netns", "delete", bridge());
    }
}
