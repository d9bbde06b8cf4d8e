package org.ringfence.engine.embedded;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.ringfence.controller.port.Engine.EngineException;
import org.ringfence.controller.port.Engine.Listener;
import org.ringfence.controller.port.Engine.Silence;
import org.ringfence.model.NodeId;

/**
 * A process that runs one engine and nothing else, for {@link ChildEngine}.
 *
 * <p>Arguments: its name, the key store or {@code plain}, its password, milliseconds until hung, and {@code name=host:port}
 * for every node. It prints each report after the time ({@link System#nanoTime}, which processes of one host share), and
 * takes the lines {@code send PEER TEXT} and {@code leave}; at the end of its input it ends.
 */
final class EngineProcess {
    private EngineProcess() {}

    public static void main(String[] arguments) throws IOException {
        NodeId self = new NodeId(arguments[0]);
        Security security = arguments[1].equals("plain")
                ? new Security.Plain()
                : new Security.Tls(Path.of(arguments[1]), arguments[2]);
        Duration hungAfter = Duration.ofMillis(Long.parseLong(arguments[3]));
        SequencedMap<NodeId, Endpoint> nodes = new LinkedHashMap<>();
        for (String node : List.of(arguments).subList(4, arguments.length)) {
            int equals = node.indexOf('=');
            int colon = node.lastIndexOf(':');
            nodes.put(
                    new NodeId(node.substring(0, equals)),
                    new Endpoint(node.substring(equals + 1, colon), Integer.parseInt(node.substring(colon + 1))));
        }
        Endpoint listen = nodes.get(self);
        if (listen == null) {
            throw new IllegalArgumentException("no endpoint of " + self);
        }
        try (EmbeddedEngine engine = new EmbeddedEngine(EngineSettings.of(self, "test", listen, nodes, security)
                .withTimings(Timings.DEFAULT.withHungAfter(hungAfter)))) {
            engine.start(new Printer());
            print("started");
            serve(engine);
        } catch (EngineException e) {
            print("failed " + e.getMessage());
        }
    }

    private static void serve(EmbeddedEngine engine) throws IOException {
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            List<String> words = List.of(line.split(" ", 3));
            switch (words.getFirst()) {
                case "send" -> engine.send(new NodeId(words.get(1)), Bytes.of(words.get(2)));
                case "leave" -> {
                    return;
                }
                default -> throw new IllegalArgumentException(line);
            }
        }
        Runtime.getRuntime().halt(1);
    }

    private static synchronized void print(String what) {
        System.out.println(System.nanoTime() + " " + what);
    }

    private static final class Printer implements Listener {
        @Override
        public void reachable(NodeId peer) {
            print("reachable " + peer);
        }

        @Override
        public void unreachable(NodeId peer, Silence why) {
            print("unreachable " + peer + " " + why);
        }

        @Override
        public void slow(NodeId peer, boolean slow) {
            print((slow ? "slow " : "not slow ") + peer);
        }

        @Override
        public void message(NodeId peer, byte[] payload) {
            print("message " + peer + " " + Bytes.text(payload));
        }
    }
}
